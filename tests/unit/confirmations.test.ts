import { expect, test } from 'vitest';
import { forumLines, needs } from '../../src/lib/confirmations/gathered';
import { answersOf } from '../../src/lib/confirmations/rules';
import { answersSchema } from '../../src/lib/confirmations/schema';
import { check } from '../../src/lib/platform/http/input.server';

const session = '6a0f2b1c-0000-4000-8000-000000000001';
const point = '6a0f2b1c-0000-4000-8000-000000000002';
const other = '6a0f2b1c-0000-4000-8000-000000000003';
const sent = (choice: object, finding: object = {}, recommendation: object = {}) => ({
	...{ session, choice, finding, recommendation }
});

test('words without a choice are other words, and a pair without both is left out', () => {
	expect(
		answersOf({
			choice: { [point]: [''], [other]: [''] },
			finding: { [point]: [' New '], [other]: [' '] },
			recommendation: {}
		})
	).toEqual([{ point, choice: 'reword', finding: 'New', recommendation: '' }]);
	expect(answersOf({ choice: { a: ['no'] }, finding: {}, recommendation: {} })).toMatchObject([
		{ choice: 'no', finding: '' }
	]);
});

test('a form says beside which pair something is missing or too much', () => {
	const errors = (form: object) => check(answersSchema, form).errors ?? {};
	expect(errors(sent({ [point]: ['yes'] }))).toEqual({});
	expect(Object.keys(errors(sent({ [point]: [''] })))).toEqual([`choice-${point}`]);
	expect(errors(sent({ [point]: ['reword'] }))[`finding-${point}`]).toMatch(/other words/);
	expect(errors(sent({ [point]: ['yes'] }, { [point]: ['x'] }))[`choice-${point}`]).toMatch(
		/In other words/
	);
	expect(errors(sent({ [point]: ['maybe'] }))).toHaveProperty(`choice-${point}`);
	expect(errors(sent({}, { [point]: ['x'.repeat(1001)] }))).toHaveProperty(`finding-${point}`);
	expect(errors(sent({}, { [point]: ['x'] }))).toEqual({});
	expect(check(answersSchema, sent({ hostile: ['yes'] })).errors).toBeDefined();
});

test('home asks about the notes of a session, and organizers learn of other words', () => {
	const [need] = needs({
		points_to_confirm: [
			{
				...{ slug: 'f', time_zone: 'America/Winnipeg', session_id: 's', points: 1 },
				...{ title_en: 'Beds', title_fr: 'Lits', until: '2031-01-01T12:00:00Z' }
			}
		]
	});
	expect(need).toMatchObject({
		title: 'Is that what we said? Session “Beds”',
		lines: ['1 pair of its notes waits for your answer.'],
		button: { path: '/forums/f/notes/s/confirm' }
	});
	expect(forumLines({ slug: 'f', rewordings: 0 })).toEqual([]);
	expect(forumLines({ slug: 'f', rewordings: 2 })).toMatchObject([
		{ path: '/organize/forums/f/themes' }
	]);
});
