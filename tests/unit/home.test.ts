import { describe, expect, test } from 'vitest';
import { domains } from '../../src/lib/domains';
import { pressing } from '../../src/lib/home/rules';
import { agenda, cycle, fill, nextStep } from '../../src/lib/organize/rules';
import { m } from '../../src/lib/platform/text/i18n/paraglide/messages';
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

describe('what needs a person', () => {
	const vote = (vote_id: string, closes_at: string, has_voted = false) => ({
		vote_id,
		title_en: 'A vote',
		title_fr: 'Un scrutin',
		closes_at,
		time_zone: 'America/Winnipeg',
		choices: 3,
		has_voted
	});
	const ahead = (forum_id: string, status: 'confirmed' | null, registration_open = true) => ({
		...forum({ forum_id, slug: forum_id, registration_closes_at: '2027-06-20T12:00:00Z' }),
		status,
		mode: status && 'online',
		registration_open,
		waitlist_position: null,
		sessions: []
	});
	const thread = (thread_id: string) => ({
		thread_id,
		title: 'Fil',
		language: 'fr',
		last_post_at: before,
		unread: 2
	});
	const gathered = {
		votes: [vote('late', '2027-06-30T12:00:00Z'), vote('soon', before), vote('done', before, true)],
		threads: [thread('a'), thread('b')],
		forums: [ahead('open', null), ahead('mine', 'confirmed'), ahead('shut', null, false)],
		committees: []
	};
	const needsOf = (gathered: unknown) =>
		pressing(domains.flatMap(({ needs }) => needs?.(gathered) ?? []));

	test('goes by what closes first; what is done needs nobody', () => {
		expect(needsOf(gathered).map(({ id }) => id)).toEqual(['soon', 'open', 'late', 'threads']);
	});

	test('is six things at the most, and what closes never hides what is unread', () => {
		const votes = Array.from({ length: 9 }, (_, n) => vote(`${n}`, after));
		expect(needsOf({ ...gathered, votes, forums: [] }).map(({ id }) => id)).toEqual([
			'0',
			'1',
			'2',
			'3',
			'4',
			'threads'
		]);
		expect(needsOf({ ...gathered, votes, threads: [] })).toHaveLength(6);
	});

	test('says the language of a thread that is not the reader’s', () => {
		const [need] = needsOf({ ...gathered, votes: [], forums: [] });
		expect(need?.links).toMatchObject([{ path: '/threads/a', lang: 'fr' }, { path: '/threads/b' }]);
	});

	test('is not what is shown as their own: registrations, committees, votes cast', () => {
		const parts = domains.flatMap(({ homeParts }) => homeParts?.(gathered) ?? []);
		expect(parts.map(({ id }) => id)).toEqual(['mine', 'committees', 'votes']);
		expect(parts[1]?.buttons).toMatchObject([{ path: '/committees' }]);
	});
});

describe('the line of a forum at the organizers', () => {
	const lines = (about: Partial<OrganizedForum>) =>
		domains
			.flatMap(({ forumLines }) => forumLines?.(forum(about), now) ?? [])
			.map(({ path, text }) => path ?? text);

	test('leads to its list, a new vote and its report', () => {
		expect(lines({ priorities: 9, confirmed: 3 })).toEqual([
			m.organize_row_registrations({ confirmed: 3, waitlisted: 0 }),
			'/organize/priorities/f',
			'/organize/votes/new?forum=f',
			'/organize/reports/f'
		]);
	});

	test('leads to a vote that is not counted instead of a new one', () => {
		expect(lines({ ...past, priorities: 9, votes: [vote(after)] })).toEqual([
			'/organize/priorities/f',
			`/organize/votes/until ${after}`,
			'/organize/reports/f'
		]);
	});
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
