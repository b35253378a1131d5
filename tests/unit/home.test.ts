import { describe, expect, test } from 'vitest';
import { needsOf } from '../../src/lib/home/rules';
import { agenda, cycle, fill, nextStep } from '../../src/lib/organize/rules';
import type { MyTasks } from '../../src/lib/home/schema';
import type { OrganizedForum } from '../../src/lib/organize/schema';

const now = new Date('2027-06-15T12:00:00Z');
const [before, after] = ['2027-06-01T12:00:00Z', '2027-07-01T12:00:00Z'];

function forum(about: Partial<OrganizedForum> = {}): OrganizedForum {
	return {
		forum_id: about.slug ?? 'f',
		slug: 'f',
		name_en: 'Forum',
		name_fr: 'Forum',
		place_en: '',
		place_fr: '',
		starts_on: '2027-09-01',
		ends_on: '2027-09-02',
		published: true,
		cancelled: false,
		time_zone: 'America/Winnipeg',
		registration_opens_at: before,
		registration_closes_at: after,
		capacity_in_person: null,
		capacity_online: null,
		in_person: 0,
		online: 0,
		confirmed: 0,
		waitlisted: 0,
		provinces: {},
		sessions: 0,
		priorities: 0,
		votes: [],
		report: null,
		...about
	};
}

function vote(
	closes_at: string,
	counted_at: string | null = null
): OrganizedForum['votes'][number] {
	return {
		vote_id: `until ${closes_at}`,
		title_en: '',
		title_fr: '',
		opens_at: '2027-05-01T12:00:00Z',
		closes_at,
		counted_at,
		turnout: null,
		voters_count: 9
	};
}

const past = { starts_on: '2027-05-01', ends_on: '2027-05-02' };
const draft = { report_id: 'r', published_at: null, published_precision: 'day' as const };

describe('the next step', () => {
	test.each<[string, string | null, Partial<OrganizedForum>]>([
		['publish_forum', 'register', { published: false }],
		['dates', 'register', { registration_opens_at: null }],
		['opening', 'register', { registration_opens_at: after }],
		['registering', 'register', {}],
		['preparing', 'breakouts', { registration_closes_at: before }],
		['meeting', 'breakouts', { registration_closes_at: before, starts_on: '2027-06-15' }],
		['list', 'list', past],
		['start_report', 'report', { ...past, priorities: 1 }],
		['start_report', 'report', { ...past, priorities: 9 }],
		['open_vote', 'vote', { ...past, priorities: 9, confirmed: 1 }],
		['voting', 'vote', { ...past, priorities: 9, votes: [vote(after)] }],
		['voting', 'register', { priorities: 9, votes: [vote(after)] }],
		['count', 'vote', { ...past, priorities: 9, votes: [vote(before)] }],
		['start_report', 'report', { ...past, priorities: 9, votes: [vote(before, before)] }],
		['finish_report', 'report', { ...past, report: draft }],
		['published', null, { ...past, report: { ...draft, published_at: before } }],
		['archived', null, { ...past, registration_opens_at: null }],
		['cancelled', null, { cancelled: true }]
	])('is %s, at %s', (name, stage, about) => {
		expect(nextStep(forum(about), now)).toMatchObject({ name, stage });
	});

	test('is the count as soon as the time is over, whatever else there is', () => {
		const about = { ...past, priorities: 9, report: { ...draft, published_at: before } };
		const at = now.toISOString();
		expect(nextStep(forum({ ...about, votes: [vote(after), vote(at)] }), now)).toEqual({
			name: 'count',
			stage: 'vote',
			at,
			vote: `until ${at}`
		});
	});

	test('follows the days of the place, not of the server', () => {
		const late = new Date('2027-09-03T04:30:00Z'); // 11:30 p.m. in Winnipeg, on the last day
		const about = { registration_closes_at: before };
		expect(nextStep(forum(about), late).name).toBe('meeting');
		expect(nextStep(forum({ ...about, time_zone: 'America/St_Johns' }), late).name).toBe('list');
	});
});

test('the cycle is done up to now; what has no domain is never done', () => {
	const states = (name: string, stage: string | null) =>
		cycle({ name, stage } as Parameters<typeof cycle>[0]).map(([, state]) => state[0]);
	expect(states('registering', 'register').join('')).toBe('naaaaaaa');
	expect(states('count', 'vote').join('')).toBe('ddadnaaa');
	expect(states('published', null).join('')).toBe('ddadddaa');
	expect(states('cancelled', null).join('')).toBe('aaaaaaaa');
});

describe('the agenda', () => {
	const count = forum({ slug: 'count', ...past, votes: [vote(before)] });
	const older = forum({ slug: 'older', starts_on: '2014-05-01', ends_on: '2014-05-01' });
	const near = forum({ slug: 'near' });
	const far = forum({
		slug: 'far',
		starts_on: '2028-09-01',
		ends_on: '2028-09-01',
		published: false
	});

	test('opens with the nearest forum ahead, and does first what presses most', () => {
		const { coming, tasks } = agenda([far, near, count, older], now);
		expect(coming?.forum.slug).toBe('near');
		expect(tasks.map(({ forum, step }) => `${forum.slug} ${step.name}`)).toEqual([
			'count count',
			'far publish_forum',
			'older list'
		]);
	});

	test('opens with the last forum when none is ahead, and with none when there is none', () => {
		const cancelled = forum({ slug: 'cancelled', cancelled: true });
		expect(agenda([cancelled, count, older], now).coming?.forum.slug).toBe('count');
		expect(agenda([], now)).toEqual({ coming: null, tasks: [] });
	});
});

test('what needs a person goes by what closes first; what is done needs nobody', () => {
	const vote = (vote_id: string, closes_at: string, has_voted = false) =>
		({ vote_id, closes_at, has_voted }) as MyTasks['votes'][number];
	const ahead = (forum_id: string, status: 'confirmed' | null, registration_open = true) =>
		({
			forum_id,
			status,
			registration_open,
			registration_closes_at: '2027-06-20T12:00:00Z'
		}) as MyTasks['forums'][number];
	const thread = (thread_id: string) => ({ thread_id }) as MyTasks['threads'][number];
	const needs = needsOf({
		votes: [vote('late', '2027-06-30T12:00:00Z'), vote('soon', before), vote('done', before, true)],
		threads: [thread('a'), thread('b')],
		forums: [ahead('open', null), ahead('mine', 'confirmed'), ahead('shut', null, false)],
		committees: []
	});
	expect(needs.map(({ id }) => id)).toEqual(['soon', 'open', 'late', 'threads']);
	const many = Array.from({ length: 9 }, (_, n) => vote(`${n}`, after));
	expect(needsOf({ votes: many, threads: [thread('a')], forums: [], committees: [] })).toHaveLength(
		6
	);
});

test.each([
	[0, 'none'],
	[1, 'few'],
	[5, 'some'],
	[14, 'some'],
	[15, 'many']
])('%i people make a tile with %s', (people, look) => {
	expect(fill(people)).toBe(look);
});
