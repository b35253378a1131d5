import { expect, test } from 'vitest';
import {
	bundled,
	middle,
	place,
	inTime,
	isWritten,
	nested,
	yearsBefore,
	yearsOf
} from '../../src/lib/priorities/rules';

test('a list has two levels, in order, and tells an empty area', () => {
	const point = (priority_id: string, position: number, parent_id: string | null = null) => ({
		priority_id,
		position,
		parent_id
	});
	const areas = nested([
		{ name: 'Services', priorities: [point('b', 4), point('a', 1), point('a2', 3, 'a')] },
		// A sub-point is under its parent, whatever its own area.
		{ name: 'Policy', priorities: [point('a1', 2, 'a')] },
		{ name: 'Empty', priorities: [] }
	]);
	expect(
		areas.map(({ name, priorities }) => [
			name,
			priorities.map(({ priority_id, points }) => [
				priority_id,
				points.map((sub) => sub.priority_id)
			])
		])
	).toEqual([
		[
			'Services',
			[
				['a', ['a1', 'a2']],
				['b', []]
			]
		],
		['Policy', []],
		['Empty', []]
	]);
	expect(areas.filter(isWritten).map(({ name }) => name)).toEqual(['Services']);
});

test('years of origin are listed once each, the latest first', () => {
	const from = (starts_on: string) => ({ from: { forum: { starts_on } } });
	expect(yearsBefore([from('2011-11-23'), from('2014-11-26'), from('2014-11-26')])).toEqual([
		'2014',
		'2011'
	]);
});

test('lines are drawn from early to late', () => {
	const line = (lineage_id: string, starts_on: string) => ({
		lineage_id,
		point: { forum: { starts_on } }
	});
	const lines = [line('c', '2014-11-26'), line('b', '2011-11-23'), line('a', '2014-11-26')];
	expect(inTime(lines).map(({ lineage_id }) => lineage_id)).toEqual(['b', 'a', 'c']);
});

test.each([1, 2, 4, 8])('%i lines stay in the gutter and close into one', (lanes) => {
	const at = Array.from({ length: lanes }, (_, n) => place(n, lanes));
	for (const x of at) {
		expect(x).toBeGreaterThanOrEqual(5);
		expect(x).toBeLessThanOrEqual(36);
	}
	const closed = Array.from({ length: lanes }, (_, n) => bundled(n, lanes));
	expect((closed[0]! + closed.at(-1)!) / 2).toBe(middle);
	expect(closed.slice(1).every((x, n) => x - closed[n]! === 2)).toBe(true);
});

test('a priority was on the lists that its links lead to, two steps each way', () => {
	const at = (year: string) => ({ forum: { starts_on: `${year}-11-23` } });
	const priority = {
		forums: at('2014').forum,
		before: [{ point: { ...at('2013'), before: [{ point: at('2011') }, { point: at('2013') }] } }],
		after: [{ point: { ...at('2016'), after: [] } }]
	};
	expect(yearsOf(priority)).toEqual(['2011', '2013', '2014', '2016']);
	expect(yearsOf({ ...priority, before: [], after: [] })).toEqual(['2014']);
});
