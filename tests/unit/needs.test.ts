import { describe, expect, test } from 'vitest';
import { forumLines, homeParts } from '../../src/lib/needs/gathered';
import { thirtyDaysAfter } from '../../src/lib/forums/rules';
import { GROUPS } from '../../src/lib/needs/rules';
import { needsSchema } from '../../src/lib/needs/schema';
import { check } from '../../src/lib/platform/http/input.server';
import { Constants } from '../../src/lib/platform/db/types';

const sent = {
	forum: '4a8f6a6e-5c1c-4b33-9d8e-0b9a4f6f1a11',
	access: [],
	diet: [],
	interpretation: [],
	other: [],
	other_language: '',
	phone: '',
	words: ''
};

test('each need of the database is offered once', () => {
	expect(Object.values(GROUPS).flat().sort()).toEqual([...Constants.public.Enums.need].sort());
});

test.each([
	['2027-11-24', '2027-12-24'],
	['2028-01-31', '2028-03-01']
])('the needs of a forum that ends on %s are deleted on %s', (last, day) => {
	expect(thirtyDaysAfter(last)).toBe(day);
});

test('a call needs a number, and another language its name; the rest may be empty', () => {
	expect(check(needsSchema, sent).errors).toBeUndefined();
	const wrong = { ...sent, other: ['call'], interpretation: ['other_language'], diet: ['vegan'] };
	expect(Object.keys(check(needsSchema, wrong).errors!)).toEqual(['other_language', 'phone']);
	const whole = { ...wrong, phone: '204-555-0199', other_language: 'Tagalog' };
	expect(check(needsSchema, whole).errors).toBeUndefined();
	expect(check(needsSchema, { ...sent, diet: ['call'] }).errors).toHaveProperty('diet');
});

describe('what is gathered', () => {
	const forum = { slug: 'here', ends_on: '2027-11-24', time_zone: 'America/Winnipeg' };
	const before = new Date('2027-11-01T12:00:00Z');
	const after = new Date('2027-12-01T12:00:00Z');

	test('leads organizers to the totals, until they are deleted', () => {
		const paths = (needs: number, now: Date) =>
			forumLines({ ...forum, needs }, now).map(({ path }) => path);
		expect(paths(0, before)).toEqual(['/organize/forums/here/needs']);
		expect(paths(3, after)).toEqual(['/organize/forums/here/needs']);
		expect(paths(0, after)).toEqual([]);
	});

	test('leads needs readers to each list', () => {
		expect(homeParts({ needs_to_read: [] })).toEqual([]);
		const [part] = homeParts({ needs_to_read: [{ slug: 'here', name_en: 'A', name_fr: 'B' }] });
		expect(part!.links).toEqual([{ text: 'A', path: '/forums/here/needs' }]);
	});
});
