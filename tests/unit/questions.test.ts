import { expect, test } from 'vitest';
import { z } from 'zod';
import { check, keep, read } from '$lib/platform/http/input.server';
import { answersOf, fieldOf, type Question } from '$lib/questions/rules';
import { answersField, asking } from '$lib/questions/schema';
import { answerLines } from '$lib/questions/words';
import { canEdit, dayBefore, editsUntil, stepOf } from '$lib/registrations/rules';
import { carriedSchema, registrationSchema } from '$lib/registrations/schema';

const question: Question = {
	question_id: 'a1',
	kind: 'several',
	text_en: 'Which?',
	text_fr: 'Lesquels?',
	help_en: '',
	help_fr: '',
	options_en: ['One', 'Two'],
	options_fr: ['Un', 'Deux'],
	required: true
};

test('answers are the fields whose names begin so, and go back into the form under their names', () => {
	const schema = z.object({ answers: answersField, name: z.string() });
	const form = new URLSearchParams([
		['answers-a1', '1'],
		['answers-a1', '2'],
		['answers-b2', 'So.\r\nYes.\0'],
		['answers', 'x'],
		['name', 'Amira']
	]);
	const sent = read(schema, form);
	expect(sent).toEqual({ answers: { a1: ['1', '2'], b2: ['So.\nYes.'] }, name: 'Amira' });
	expect(keep(sent)).toEqual({
		'answers-a1': ['1', '2'],
		'answers-b2': ['So.\nYes.'],
		name: 'Amira'
	});
	expect(check(schema, sent).input).toEqual(sent);
});

test('what is wrong with an answer is said at its field', () => {
	const schema = asking(z.object({ answers: answersField }), [question]);
	const errorsOf = (answers: Record<string, string[]>) => check(schema, { answers }).errors;
	expect(errorsOf({ a1: ['1', '2'] })).toBeUndefined();
	expect(errorsOf({})).toEqual({ [fieldOf(question)]: 'Answer this question.' });
	expect(errorsOf({ a1: ['3'] })).toEqual({
		[fieldOf(question)]: 'This option is not on the list. Choose another one.'
	});
});

test('on the way back nothing that was typed is refused, however wrong it is', () => {
	const sent = read(carriedSchema, new URLSearchParams([['mode', 'flying']]));
	expect(check(carriedSchema, sent).errors).toBeUndefined();
	expect(check(registrationSchema, sent).errors).toHaveProperty('mode');
});

test('the page shows the first step with something wrong, or the one that was asked for', () => {
	const at = (values: Record<string, string>, errors?: Record<string, string>) =>
		stepOf({ values, errors }, true);
	expect(stepOf(null, true)).toBe('about');
	expect(at({ step: 'questions' })).toBe('questions');
	expect(stepOf({ values: { step: 'questions' } }, false)).toBe('summary');
	expect(at({ step: 'summary' })).toBe('summary');
	expect(at({ step: 'nowhere' })).toBe('about');
	expect(at({ step: 'summary' }, { 'answers-a1': 'x' })).toBe('questions');
	expect(at({ step: 'summary' }, { 'answers-a1': 'x', mode: 'x' })).toBe('about');
});

test('answers are shown in words, in the order of the options', () => {
	const stored = [
		{ question_id: 'a1', answers: [{ text: null, chosen: [2, 1] }] },
		{ question_id: 'b2', answers: [{ text: 'So.', chosen: [] }] },
		{ question_id: 'c3', answers: [] }
	];
	const answers = answersOf(stored);
	expect(answers).toEqual({ a1: ['2', '1'], b2: ['So.'] });
	expect(answerLines(question, answers.a1)).toEqual(['One', 'Two']);
	expect(answerLines(question, undefined)).toEqual([]);
	expect(answerLines({ ...question, kind: 'yes_no' }, ['2'])).toEqual(['No']);
});

test('a registration changes until the end of the day before the forum, in its zone, or of another day', () => {
	const forum = {
		time_zone: 'America/Vancouver',
		starts_on: '2027-03-01',
		ends_on: '2027-03-02',
		registration_opens_at: null,
		registration_closes_at: null,
		registration_closed_at: null,
		cancelled_at: null,
		edits_until: null
	};
	expect(dayBefore('2027-03-01')).toBe('2027-02-28');
	expect(editsUntil(forum)).toBe('2027-02-28');
	expect(canEdit(forum, new Date('2027-03-01T07:59:00Z'))).toBe(true);
	expect(canEdit(forum, new Date('2027-03-01T08:00:00Z'))).toBe(false);
	const later = { ...forum, edits_until: '2027-03-01' };
	expect(canEdit(later, new Date('2027-03-01T08:00:00Z'))).toBe(true);
	expect(canEdit({ ...later, cancelled_at: '2027-01-01' }, new Date('2027-01-02'))).toBe(false);
});
