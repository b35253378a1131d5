import { describe, expect, test } from 'vitest';
import {
	blocksOf,
	choiceOf,
	clashesOf,
	dayLine,
	freeTimes,
	overlaps,
	runsOf,
	signupOf,
	type Reader
} from '$lib/sessions/rules';
import { calendarEntries, factsOf } from '$lib/sessions/words';

const at = (hour: number) => `2027-11-24T${String(hour).padStart(2, '0')}:00:00+00:00`;
const session = (id: string, from: number | null, to: number | null) => ({
	session_id: id,
	starts_at: from === null ? null : at(from),
	ends_at: to === null ? null : at(to),
	format: null as 'in_person' | 'online' | 'hybrid' | null,
	sign_up: true,
	closed_to_government: false,
	spots_left: 'open' as 'open' | 'few' | 'full' | null
});
const names = (blocks: { sessions: { session_id: string }[] }[]) =>
	blocks.map(({ sessions }) => sessions.map(({ session_id }) => session_id).join(''));

describe('blocks', () => {
	test('what overlaps is side by side, end to start follows', () => {
		const { blocks } = blocksOf([
			session('c', 13, 14),
			session('a', 9, 10),
			session('b', 10, 12),
			session('d', 13, 15),
			session('e', 14, 16)
		]);
		expect(names(blocks)).toEqual(['a', 'b', 'cde']);
		expect(blocks[2]).toMatchObject({ starts_at: at(13), ends_at: at(16) });
	});

	test('what has no hours keeps its order apart', () => {
		const { blocks, untimed } = blocksOf([
			session('x', null, null),
			session('a', 9, 10),
			session('w', null, null)
		]);
		expect(names(blocks)).toEqual(['a']);
		expect(untimed.map(({ session_id }) => session_id)).toEqual(['x', 'w']);
	});

	test('a day is cut into stretches', () => {
		const { blocks } = blocksOf([
			session('a', 9, 10),
			session('b', 10, 11),
			session('c', 13, 14),
			session('d', 13, 14)
		]);
		expect(runsOf(blocks)).toEqual([
			{ starts_at: at(9), ends_at: at(11), count: 1 },
			{ starts_at: at(13), ends_at: at(14), count: 2 }
		]);
	});
});

test('touching is no overlap', () => {
	expect(overlaps(session('a', 9, 10), session('b', 10, 11))).toBe(false);
	expect(overlaps(session('a', 9, 11), session('b', 10, 12))).toBe(true);
	expect(overlaps(session('a', 9, 11), session('b', null, null))).toBe(false);
});

describe('what a session is to the reader', () => {
	const now = new Date(at(8));
	const reader: Reader = {
		confirmed: true,
		mode: 'online',
		governmental: false,
		approved: true,
		signups: [],
		waits: []
	};
	const mine = { ...reader, signups: [session('a', 9, 10)] };

	test.each([
		['theirs', session('a', 9, 10), mine, 'mine'],
		[
			'theirs, also when full',
			{ ...session('a', 9, 10), spots_left: 'full' as const },
			mine,
			'mine'
		],
		['begun', session('b', 7, 10), mine, 'begun'],
		[
			'closed to them',
			{ ...session('b', 12, 13), closed_to_government: true },
			{ ...mine, governmental: true },
			'closed_to_government'
		],
		['open to NGOs', { ...session('b', 12, 13), closed_to_government: true }, mine, 'free'],
		[
			'full, with a place in its line',
			{ ...session('b', 12, 13), spots_left: 'full' as const },
			{ ...mine, waits: [{ session_id: 'b', offered_until: null }] },
			'waiting'
		],
		[
			'offered to them',
			{ ...session('b', 12, 13), spots_left: 'full' as const },
			{ ...mine, waits: [{ session_id: 'b', offered_until: at(11) }] },
			'offered'
		],
		[
			'offered to them, beside another',
			{ ...session('b', 9, 10), spots_left: 'full' as const },
			{ ...mine, waits: [{ session_id: 'b', offered_until: at(9) }] },
			'offered_clash'
		],
		[
			'full again after a late offer',
			{ ...session('b', 12, 13), spots_left: 'full' as const },
			{ ...mine, waits: [{ session_id: 'b', offered_until: at(7) }] },
			'full'
		],
		[
			'full before it clashes',
			{ ...session('b', 9, 10), spots_left: 'full' as const },
			mine,
			'full'
		],
		['at the same time', session('b', 9, 10), mine, 'clash'],
		['free', session('b', 10, 11), mine, 'free'],
		['in a room', { ...session('b', 9, 10), format: 'in_person' as const }, mine, 'in_person'],
		[
			'on a screen',
			{ ...session('b', 10, 11), format: 'online' as const },
			{ ...mine, mode: 'in_person' as const },
			'online'
		],
		['both', { ...session('b', 10, 11), format: 'hybrid' as const }, mine, 'free'],
		[
			'in a room, for whoever only looks',
			{ ...session('b', 10, 11), format: 'in_person' as const },
			{ ...reader, confirmed: false, mode: null },
			'look'
		],
		['only to look at, for a visitor', session('b', 10, 11), null, 'look'],
		[
			'only to look at, on the waitlist',
			session('b', 10, 11),
			{ ...reader, confirmed: false },
			'look'
		]
	])('%s', (_, given, who, expected) => {
		expect(signupOf(given, who, now)).toBe(expected);
	});
});

describe('what can be chosen at one time', () => {
	const [long, early, late] = [session('a', 9, 12), session('b', 9, 10), session('c', 11, 12)];

	test('is one session only where each two overlap', () => {
		expect(choiceOf([long, early])).toBe('one');
		expect(choiceOf([long, early, late])).toBe('several');
		expect(choiceOf([long, { ...early, sign_up: false }])).toBeNull();
		expect(choiceOf([long])).toBeNull();
	});

	test('is said with how many signups would go', () => {
		const reader: Reader = {
			confirmed: true,
			mode: null,
			governmental: false,
			approved: true,
			signups: [],
			waits: []
		};
		expect(clashesOf(long, { ...reader, signups: [early, late] })).toBe(2);
		expect(clashesOf(early, { ...reader, signups: [late] })).toBe(0);
		expect(clashesOf(early, null)).toBe(0);
	});

	test('is still free where one session fits, is not full and begins later', () => {
		const day = [early, session('d', 9, 10), late, { ...session('e', 14, 15), sign_up: false }];
		const reader: Reader = {
			confirmed: true,
			mode: 'online',
			governmental: false,
			approved: true,
			signups: [],
			waits: []
		};
		const now = new Date(at(8));
		expect(freeTimes(day, reader, now)).toEqual([at(9), at(11)]);
		expect(freeTimes(day, { ...reader, signups: [early] }, now)).toEqual([at(11)]);
		expect(freeTimes(day, { ...reader, signups: [early, late] }, now)).toEqual([]);
		expect(freeTimes([{ ...late, spots_left: 'full' }], reader, now)).toEqual([]);
		expect(freeTimes([{ ...late, format: 'in_person' }], reader, now)).toEqual([]);
		expect(freeTimes(day, reader, new Date(at(10)))).toEqual([at(11)]);
		expect(freeTimes(day, { ...reader, confirmed: false }, now)).toEqual([]);
	});
});

test.each([
	['en', 'simultaneous', 'in English, with interpretation into French'],
	['fr', 'on_request', 'with interpretation into English on request'],
	['bilingual', 'simultaneous', 'in English and French, with interpretation both ways'],
	[null, 'simultaneous', 'with interpretation'],
	['en', null, 'in English']
] as const)('a session in %s, interpreted %s: %s', (language, interpretation, words) => {
	const facts = factsOf({
		kind: 'breakout',
		room_en: 'Room A',
		room_fr: 'Salle A',
		format: null,
		language,
		interpretation
	});
	expect(facts).toEqual(['Breakout', 'Room A', words]);
});

test('a drawn day begins and ends with all lines together, 2 apart', () => {
	const { blocks } = blocksOf([
		session('a', 9, 12),
		session('b', 12, 14),
		session('c', 12, 14),
		session('d', 12, 14),
		session('e', 12, 14),
		session('f', 15, 16)
	]);
	const { paths, spans } = dayLine(blocks);
	expect(paths.map((path) => path.split('H')[0])).toEqual(['M0 63', 'M0 65', 'M0 67', 'M0 69']);
	expect(paths.every((path) => path.endsWith('H100'))).toBe(true);
	expect(spans.map(({ count }) => count)).toEqual([1, 4, 1]);
});

test('chosen sessions with hours are entries of one person, with the room or the words for online', () => {
	const chosen = {
		...session('a', 14, 15),
		title_en: 'Housing',
		title_fr: 'Logement',
		room_en: 'Room 2',
		room_fr: 'Salle 2',
		version: 3
	};
	const without = { ...chosen, session_id: 'b', starts_at: null };
	const entries = (mode: 'in_person' | 'online') =>
		calendarEntries([chosen, without], { registration_id: 'r', mode });
	expect(entries('in_person')).toEqual([
		{
			uid: 'r-a',
			sequence: 3,
			title: 'Housing',
			place: 'Room 2',
			time: { starts: at(14), ends: at(15) }
		}
	]);
	expect(entries('online')).toMatchObject([{ place: 'online' }]);
});
