import { describe, expect, test } from 'vitest';
import { forumLines, needs } from '../../src/lib/feedback/gathered';
import { endOf, firstDayOf, lastDayOf, LENGTHS } from '../../src/lib/feedback/rules';
import { faultsIn, optionsIn, questionSchema } from '../../src/lib/feedback/schema';
import { optionsOf } from '../../src/lib/feedback/words';
import { check } from '../../src/lib/platform/http/input.server';

const forum = { ends_on: '2027-11-24', time_zone: 'America/Winnipeg' };

test('one can answer from the day after the forum, for 21 days, until midnight there', () => {
	expect([firstDayOf(forum), lastDayOf(forum)]).toEqual(['2027-11-25', '2027-12-15']);
	expect(endOf(forum)).toBe('2027-12-16T05:59:59.999Z');
	// The clock changes in between.
	expect(endOf({ ...forum, ends_on: '2027-10-24' })).toBe('2027-11-15T05:59:59.999Z');
});

describe('what is gathered', () => {
	test('asks at home how a forum was', () => {
		const [need] = needs({
			feedback: [{ slug: 'x', name_en: 'Forum', name_fr: 'Forum', ...forum }]
		});
		expect(need).toMatchObject({
			title: 'How was the forum?',
			lines: ['Forum'],
			closes: { text: expect.stringMatching(/^You can answer until December\s15, 2027\.$/) },
			button: { path: '/forums/x/feedback' }
		});
		expect(needs({ feedback: [] })).toEqual([]);
	});

	test('leads organizers to the questions, except for forums that asked none', () => {
		const line = (feedback_questions: number, feedback_status: string) =>
			forumLines({ slug: 'x', feedback_questions, feedback_status });
		expect(line(3, 'over')).toEqual([
			{ text: 'Feedback: 3 questions', path: '/organize/forums/x/feedback' }
		]);
		expect(line(0, 'ahead')).toHaveLength(1);
		expect(line(0, 'over')).toEqual([]);
	});
});

test('a question has an option for each place', () => {
	const question = { feedback_question_id: 'x', text_en: 'a', text_fr: 'b' };
	const options = { options_en: ['Yes', 'No'], options_fr: ['Oui', 'Non'] };
	const none = { options_en: [], options_fr: [] };
	expect(optionsOf({ ...question, kind: 'choice', ...options })).toEqual([
		{ value: '1', label: 'Yes' },
		{ value: '2', label: 'No' }
	]);
	expect(optionsOf({ ...question, kind: 'scale', ...none }).map(({ label }) => label)).toEqual([
		'1, not at all',
		'2',
		'3',
		'4',
		'5, very much'
	]);
	expect(optionsOf({ ...question, kind: 'text', ...none })).toEqual([]);
	expect(optionsIn(' a \n\n b')).toEqual(['a', 'b']);
});

test('a form says what is too long or missing', () => {
	const long = 'x'.repeat(LENGTHS.answer + 1);
	expect(faultsIn({ a: [long], b: ['short'], c: [] })).toEqual({ 'answers-a': expect.any(String) });
	expect(faultsIn({ b: [`  ${'x'.repeat(LENGTHS.answer)}  `] })).toBeNull();
	const typed = { question: '', version: '1', kind: 'other', text_en: '', text_fr: 'Quoi?' };
	const many = Array.from({ length: 11 }, (_, n) => n).join('\n');
	const { errors } = check(questionSchema, { ...typed, options_en: many, options_fr: '' });
	expect(Object.keys(errors!).sort()).toEqual(['kind', 'options_en', 'text_en']);
});
