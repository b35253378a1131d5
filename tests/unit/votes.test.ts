import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	aheadByStars,
	byArea,
	choicesFor,
	count,
	faultOf,
	first,
	isIndicative,
	isSame,
	isShown,
	isWide,
	share,
	shuffle,
	statusOf,
	tieOf,
	usualClosing
} from '../../src/lib/votes/rules';
import type { Sector } from '../../src/lib/directory/words';
import { openingSchema } from '../../src/lib/votes/schema';
import { firstOf, ranksOf, sectorsToVote, withWords } from '../../src/lib/votes/view.server';
import { voteName } from '../../src/lib/votes/words';

test('a vote opens only with the box that says it is meant', () => {
	const typed = {
		title_en: 'The list of 2027',
		title_fr: 'La liste de 2027',
		closes_at: '2027-02-03T17:00',
		quorum: '0',
		sectors: ['ngo']
	};
	expect(openingSchema.safeParse({ ...typed, sure: true }).success).toBe(true);
	const refused = openingSchema.safeParse({ ...typed, sure: false });
	expect(refused.error?.issues.map(({ path }) => path)).toEqual([['sure']]);
});

const sector = (code: string, name: string, about: Partial<Sector> = {}): Sector => ({
	sector: code,
	name_en: name,
	name_fr: name,
	counts_as_government: false,
	added_at: null,
	retired_at: null,
	...about
});
const sectors = [
	sector('youth', 'youth'),
	sector('indigenous', 'Indigenous organization'),
	sector('church', 'church', { retired_at: '2027-01-01T00:00:00Z' }),
	sector('government', 'government', { counts_as_government: true }),
	sector('undisclosed', 'prefer not to say', { counts_as_government: true })
];

test('who may vote is chosen from what is offered, and from what confirmed people have', () => {
	const voters = [
		{ sector: 'church', people: 2 },
		{ sector: 'government', people: 1 }
	];
	const { options, usual } = sectorsToVote(sectors, voters);
	expect(options.map(({ value }) => value)).toEqual(sectors.map(({ sector }) => sector));
	expect(options[2]).toMatchObject({ label: 'Church', help: 'Confirmed registrations: 2' });
	expect(usual).toEqual(['youth', 'indigenous', 'church']);
	expect(sectorsToVote(sectors, []).usual).toEqual(['youth', 'indigenous']);
});

test('who may not vote were offered when the vote opened', () => {
	const later = sector('faith', 'faith', { added_at: '2027-06-01T00:00:00Z' });
	const words = (opens_at: string) =>
		withWords(
			{
				opens_at,
				closes_at: '2028-01-01T00:00:00Z',
				sectors: ['indigenous', 'youth'],
				forum: { time_zone: 'America/Winnipeg' }
			},
			[...sectors, later]
		).voters;
	expect(words('2026-12-01T00:00:00Z')).toEqual({
		may: 'youth and Indigenous organization',
		mayNot: expect.stringMatching(/^Church, government,? and people who did not say their sector$/)
	});
	expect(words('2027-07-01T00:00:00Z').mayNot).toMatch(
		/^Government, people who did not say their sector,? and faith$/
	);
});

const seeds = (how: number) => Array.from({ length: how }, (_, n) => `seed ${n}`);

describe('the count', () => {
	test('ranks 1, 2, 2, 4', () => {
		const picked = (times: number, item: string) =>
			Array.from({ length: times }, () => ({ picks: [item], stars: [] }));
		const places = count(
			[...picked(3, 'a'), ...picked(2, 'b'), ...picked(2, 'c'), ...picked(1, 'd')],
			['d', 'c', 'b', 'a']
		);
		expect(places.map(({ item, rank, tied }) => [item, rank, tied])).toEqual([
			['a', 1, false],
			['c', 2, true],
			['b', 2, true],
			['d', 4, false]
		]);
		expect(first(places, 2)).toHaveLength(3);
		expect(places.map((_, index) => tieOf(places, index))).toEqual([
			undefined,
			'first',
			'last',
			undefined
		]);
	});

	test('asks stars only where numbers are equal', () => {
		const places = count(
			[
				{ picks: ['a', 'b'], stars: ['a'] },
				{ picks: ['a', 'b', 'c'], stars: ['c'] },
				{ picks: ['d'], stars: ['d'] }
			],
			['a', 'b', 'c', 'd']
		);
		expect(places.map(({ item, rank }) => [item, rank])).toEqual([
			['a', 1],
			['b', 2],
			['c', 3],
			['d', 3]
		]);
		expect(aheadByStars(places, 0)).toEqual({ stars: 1, next: 0 });
		expect(aheadByStars(places, 1)).toBeUndefined();
		expect(aheadByStars(places, 3)).toBeUndefined();
	});

	test('does not ask who came first', () => {
		const items = ['a', 'b', 'c', 'd', 'e'];
		const ballot = fc
			.subarray(items)
			.chain((picks) => fc.record({ picks: fc.constant(picks), stars: fc.subarray(picks) }));
		fc.assert(
			fc.property(fc.array(ballot, { maxLength: 20 }), (ballots) => {
				const places = count(ballots, items);
				expect(count([...ballots].reverse(), items)).toEqual(places);
				for (const { rank } of places) {
					const ahead = places.filter((other) => other.rank < rank).length;
					expect(rank).toBe(ahead + 1);
				}
			})
		);
	});

	test('knows the first, the middle and the last of a tie', () => {
		const places = [1, 1, 1, 4].map((rank) => ({ rank }));
		expect(places.map((_, index) => tieOf(places, index))).toEqual([
			'first',
			'middle',
			'last',
			undefined
		]);
	});

	test('shares nothing of nothing', () => {
		expect(share(0, 0)).toBe(0);
		expect(share(29, 47)).toBeCloseTo(0.617, 3);
	});
});

describe('the order on the ballot', () => {
	const items = Array.from({ length: 8 }, (_, n) => n);

	test('is the same on each visit, complete, and another for another person', () => {
		expect(shuffle(items, 'a seed')).toEqual(shuffle(items, 'a seed'));
		for (const seed of seeds(50)) {
			expect([...shuffle(items, seed)].sort((a, b) => a - b)).toEqual(items);
		}
		expect(new Set(seeds(50).map((seed) => shuffle(items, seed).join())).size).toBeGreaterThan(45);
	});

	test('favours nothing: each item is first about as often', () => {
		const times = items.map(() => 0);
		for (const seed of seeds(4000)) times[shuffle(items, seed)[0]!]!++;
		for (const often of times) {
			expect(often).toBeGreaterThan(420);
			expect(often).toBeLessThan(580);
		}
	});

	test('keeps the areas in the order of the forum', () => {
		const listed = [
			{ position: 3, area_en: 'Services', area_fr: 'Services', name: 'c' },
			{ position: 1, area_en: 'Policy', area_fr: 'Politiques', name: 'a' },
			{ position: 2, area_en: 'Policy', area_fr: 'Politiques', name: 'b' }
		];
		const areas = byArea(listed, 'seed');
		expect(areas.map(({ area_fr, items }) => [area_fr, items.length])).toEqual([
			['Politiques', 2],
			['Services', 1]
		]);
		const orders = seeds(20).map((seed) => byArea(listed, seed)[0]!.items.map(({ name }) => name));
		expect(new Set(orders.map(String)).size).toBe(2);
	});
});

describe('the time', () => {
	const vote = {
		opens_at: '2027-11-01T12:00:00+00:00',
		closes_at: '2027-11-12T23:00:00+00:00',
		counted_at: null
	};

	test.each([
		['2027-11-01T11:59:59Z', 'ahead'],
		['2027-11-01T12:00:00Z', 'open'],
		['2027-11-12T22:59:59Z', 'open'],
		['2027-11-12T23:00:00Z', 'closed']
	])('at %s a vote is %s', (now, expected) => {
		expect(statusOf(vote, new Date(now))).toBe(expected);
	});

	test('does not open again what is counted', () => {
		const counted = { ...vote, counted_at: '2027-11-13T09:00:00+00:00' };
		expect(statusOf(counted, new Date('2027-11-02T00:00:00Z'))).toBe('counted');
	});

	test('of closing is written in the zone of the forum', () => {
		expect(usualClosing('America/Winnipeg', new Date('2027-11-02T03:00:00Z'))).toBe(
			'2027-11-15T17:00'
		);
	});
});

test('a list is shown from five ballots on, and indicative under its quorum', () => {
	expect([null, 0, 4, 5].map((ballots_cast) => isShown({ ballots_cast }))).toEqual([
		false,
		false,
		false,
		true
	]);
	expect(isIndicative({ ballots_cast: 20, quorum: 21 })).toBe(true);
	expect(isIndicative({ ballots_cast: 21, quorum: 21 })).toBe(false);
	expect(isIndicative({ ballots_cast: null, quorum: 21 })).toBe(false);
});

test('a ballot that the database would refuse is not led to the check', () => {
	const most = { choices: 2, stars: 1 };
	const fault = (picks: string[], stars: string[] = [], none = false) =>
		faultOf({ picks, stars, none }, most);
	expect(fault([])).toBe('ballot_empty');
	expect(fault(['a'], [], true)).toBe('none_and_picks');
	expect(fault(['a', 'b', 'c'])).toBe('too_many_picks');
	expect(fault(['a', 'b'], ['a', 'b'])).toBe('too_many_stars');
	expect(fault(['a', 'b'], ['a'])).toBeNull();
	expect(fault([], [], true)).toBeNull();
});

test('a ballot with the same choices and stars is the same in any order', () => {
	const ballot = { picks: ['a', 'b'], stars: ['a'] };
	expect(isSame(ballot, { picks: ['b', 'a'], stars: ['a'] })).toBe(true);
	expect(isSame(ballot, { picks: ['a', 'b'], stars: [] })).toBe(false);
	expect(isSame(ballot, { picks: ['a'], stars: ['a'] })).toBe(false);
});

test('the name of a vote says the year it opened in, once', () => {
	const opens_at = '2026-03-02T17:00:00Z';
	const title = 'Which come first?';
	expect(voteName({ title_en: title, title_fr: title, opens_at })).toBe(`${title} (2026)`);
	const dated = 'The list of 2026';
	expect(voteName({ title_en: dated, title_fr: dated, opens_at })).toBe(dated);
});

test('a ballot that holds half of the list says little about what comes first', () => {
	expect([3, 4, 8, 9, 12].map((items) => isWide({ items, choices: choicesFor(items) }))).toEqual([
		true,
		true,
		true,
		false,
		false
	]);
});

test('a list shows the ranks of the latest vote that may show them', () => {
	const item = (priority_id: string, rank: number, picks: number, tied = false) => ({
		priority_id,
		result: { rank, picks, tied }
	});
	const vote = (
		year: string,
		ballots_cast: number | null,
		...vote_items: ReturnType<typeof item>[]
	) => ({
		opens_at: `${year}-02-01T17:00:00Z`,
		closes_at: `${year}-02-15T17:00:00Z`,
		ballots_cast,
		vote_items
	});
	const counted = vote('2026', 9, item('a', 3, 2, true), item('b', 1, 8), item('c', 3, 2, true));
	const votes = [vote('2028', null), vote('2027', 4), counted, vote('2025', 9, item('a', 1, 9))];
	expect(ranksOf(votes)).toMatchObject({ cast: 9, year: '2026', by: { b: { rank: 1 } } });
	const points = ['a', 'b', 'c', 'd'].map((priority_id) => ({ priority_id }));
	expect(firstOf(votes, points)!.first.map(({ point, tie }) => [point.priority_id, tie])).toEqual([
		['b', undefined],
		['a', 'first'],
		['c', 'last']
	]);
	expect(firstOf([vote('2026', 9, item('a', 1, 0))], points)).toBeNull();
	expect(ranksOf([vote('2027', 4)])).toBeNull();
});
