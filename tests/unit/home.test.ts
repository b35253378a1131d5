import { describe, expect, test } from 'vitest';
import { domains } from '../../src/lib/domains';
import { pressing } from '../../src/lib/home/rules';
import { agenda, fill, listed, stagesOf } from '../../src/lib/organize/rules';
import { m } from '../../src/lib/platform/text/i18n/paraglide/messages';

const now = new Date('2027-06-15T12:00:00Z');
const [before, after] = ['2027-06-01T12:00:00Z', '2027-07-01T12:00:00Z'];

type Answer = ReturnType<typeof answer>;

/** A forum as the database answers it, with the keys of all domains. */
function answer() {
	return {
		forum_id: 'f',
		slug: 'f',
		name_en: 'Forum',
		name_fr: 'Forum',
		place_en: '',
		place_fr: '',
		starts_on: '2027-09-01',
		ends_on: '2027-09-02',
		published: true,
		cancelled: false,
		archived: false,
		time_zone: 'America/Winnipeg',
		registration_opens_at: before as string | null,
		registration_closes_at: after as string | null,
		capacity_in_person: null,
		capacity_online: null,
		in_person: 0,
		online: 0,
		confirmed: 0,
		waitlisted: 0,
		pending: 0,
		questions: 0,
		questions_incomplete: 0,
		provinces: {},
		priorities: 0,
		sessions: 0,
		program_drafts: 0,
		needs: 0,
		help: { offers: 0, accepted: 0 },
		attended: 0,
		notes_to_review: 0,
		rewordings: 0,
		feedback_questions: 0,
		materials: 0,
		feedback_status: 'ahead',
		fees: { categories: 0, due: 0 },
		bursaries: { offered: false, asked: 0, waiting: 0 },
		votes: [] as ReturnType<typeof vote>[],
		report: null as { published_at: string | null } | null
	};
}

function forum(about: Partial<Answer> = {}): Answer {
	return { ...answer(), forum_id: about.slug ?? 'f', ...about };
}

const inWords = (about: Partial<Answer> = {}, at = now) => listed(forum(about), domains, at);

function vote(closes_at: string, counted_at: string | null = null) {
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
	test.each<[string, string, Partial<Answer>]>([
		[m.organize_step_publish_forum(), '/organize/forums/f', { published: false }],
		[m.organize_step_dates(), '/organize/forums/f', { registration_opens_at: null }],
		[m.organize_step_opening(), '/forums/f', { registration_opens_at: after }],
		[m.forums_registration_closes_days({ days: 16 }), '/forums/f', {}],
		[m.organize_step_preparing(), '/forums/f/program', { registration_closes_at: before }],
		[
			m.organize_step_meeting(),
			'/forums/f/program',
			{ registration_closes_at: before, starts_on: '2027-06-15' }
		],
		[m.organize_step_list(), '/organize/priorities/f', past],
		[
			m.organize_step_start_report(),
			'/organize/reports/f',
			{ ...past, priorities: 1, confirmed: 1 }
		],
		[m.organize_step_start_report(), '/organize/reports/f', { ...past, priorities: 9 }],
		[
			m.organize_step_open_vote(),
			'/organize/votes/new?forum=f',
			{ ...past, priorities: 9, confirmed: 1 }
		],
		[
			m.organize_step_voting(),
			`/organize/votes/until ${after}`,
			{ ...past, priorities: 9, votes: [vote(after)] }
		],
		[
			m.organize_step_voting(),
			`/organize/votes/until ${after}`,
			{ priorities: 9, votes: [vote(after)] }
		],
		[
			m.organize_step_count(),
			`/organize/votes/until ${before}`,
			{ ...past, priorities: 9, votes: [vote(before)] }
		],
		[
			m.organize_step_count(),
			`/organize/votes/until ${before}`,
			{ cancelled: true, votes: [vote(before)] }
		],
		[
			m.organize_step_start_report(),
			'/organize/reports/f',
			{ ...past, priorities: 9, votes: [vote(before, before)] }
		],
		[m.organize_step_finish_report(), '/organize/reports/f', { ...past, report: draft }],
		[
			m.organize_step_published(),
			'/reports/f',
			{ ...past, report: { ...draft, published_at: before } }
		],
		[
			m.organize_step_archived(),
			'/forums/f',
			{ ...past, registration_opens_at: null, registration_closes_at: null }
		],
		[m.organize_step_cancelled(), '/forums/f', { cancelled: true }],
		[m.organize_step_cancelled(), '/forums/f', { cancelled: true, votes: [vote(after)] }]
	])('is “%s”, at %s', (title, path, about) => {
		expect(inWords(about).step).toMatchObject({ title, button: { path } });
	});

	test('is the count as soon as the time is over, whatever else there is', () => {
		const about = { ...past, priorities: 9, report: { ...draft, published_at: before } };
		const at = now.toISOString();
		expect(inWords({ ...about, votes: [vote(after), vote(at)] }).step).toMatchObject({
			title: m.organize_step_count(),
			button: { path: `/organize/votes/until ${at}` }
		});
	});

	test('follows the days of the place, not of the server', () => {
		const late = new Date('2027-09-03T04:30:00Z'); // 11:30 p.m. in Winnipeg, on the last day
		const about = { registration_closes_at: before };
		const elsewhere = { ...about, time_zone: 'America/St_Johns' };
		expect(inWords(about, late).step?.title).toBe(m.organize_step_meeting());
		expect(inWords(elsewhere, late).step?.title).toBe(m.organize_step_list());
	});
});

describe('the cycle says of each stage what is the case', () => {
	const states = (about: Partial<Answer>) =>
		stagesOf(inWords(about), domains, now)
			.map(({ state }) => state[0])
			.join('');
	test.each<[string, Partial<Answer>]>([
		['naaaa', {}],
		['aaaaa', { registration_opens_at: after }],
		['nadna', { priorities: 3, votes: [vote(after)] }],
		['ddnaa', past],
		['dddaa', { ...past, priorities: 9 }],
		['dddna', { ...past, priorities: 9, votes: [vote(before)] }],
		['ddddn', { ...past, priorities: 9, votes: [vote(before, before)], report: draft }],
		['dddad', { ...past, priorities: 9, report: { ...draft, published_at: before } }],
		['', { cancelled: true }],
		['', { ...past, registration_opens_at: null, registration_closes_at: null }]
	])('%s', (initials, about) => {
		expect(states(about)).toBe(initials);
	});

	test('with its date and the way to it', () => {
		const [, , list, open] = stagesOf(
			inWords({ priorities: 3, votes: [vote(after)] }),
			domains,
			now
		);
		expect(list).toMatchObject({ path: '/organize/priorities/f' });
		expect(open?.note).toContain('2027');
		expect(open?.path).toContain('/organize/votes/');
	});
});

describe('the agenda', () => {
	const count = inWords({ slug: 'count', ...past, votes: [vote(before)] });
	const older = inWords({ slug: 'older', starts_on: '2014-05-01', ends_on: '2014-05-01' });
	const near = inWords({ slug: 'near' });
	const far = inWords({
		slug: 'far',
		starts_on: '2028-09-01',
		ends_on: '2028-09-01',
		published: false
	});

	test('opens with the nearest forum ahead; what is overdue comes first, then the newest forum', () => {
		const { coming, tasks } = agenda([far, near, older, count], now);
		expect(coming?.slug).toBe('near');
		expect(tasks.map(({ forum, step }) => `${forum.slug} ${step.title}`)).toEqual([
			`count ${m.organize_step_count()}`,
			`far ${m.organize_step_publish_forum()}`,
			`older ${m.organize_step_list()}`
		]);
	});

	test('opens with the last forum when none is ahead, and with none when there is none', () => {
		const cancelled = inWords({ slug: 'cancelled', cancelled: true });
		expect(agenda([cancelled, count, older], now).coming?.slug).toBe('count');
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
		sessions: [],
		choices: [],
		cancelled: false
	});
	const thread = (thread_id: string) => ({
		thread_id,
		title: 'Fil',
		language: 'fr',
		last_post_at: before,
		posts_count: 9,
		read: 7,
		unread: 2
	});
	const gathered = {
		feedback: [],
		votes: [vote('late', '2027-06-30T12:00:00Z'), vote('soon', before), vote('done', before, true)],
		threads: [thread('a'), thread('b')],
		threads_unread: 6,
		forums: [ahead('open', null), ahead('mine', 'confirmed'), ahead('shut', null, false)],
		committees: [],
		apart_to_decide: [],
		needs_to_read: [],
		offers: [],
		session_offers: [],
		session_changes: [],
		check_ins: [],
		notes_to_take: [],
		points_to_confirm: [],
		notes_of_forums: [],
		invitations: [],
		registrations_to_approve: [],
		bursaries_to_decide: [],
		people_to_approve: 0,
		joining: { approved: false, may_ask: true, sent_at: null },
		requests_to_decide: 0
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
		expect(need?.links).toMatchObject([
			{ path: '/threads/a#new', lang: 'fr' },
			{ path: '/threads/b#new' },
			{ path: '/threads', text: 'and 4 more' }
		]);
	});

	test('is not what is shown as their own: registrations, committees, votes cast', () => {
		const parts = domains.flatMap(({ homeParts }) => homeParts?.(gathered) ?? []);
		expect(parts.map(({ id }) => id)).toEqual(['mine', 'committees', 'joining', 'votes']);
		expect(parts[1]?.buttons).toMatchObject([{ path: '/committees' }]);
		expect(parts[2]?.buttons).toMatchObject([{ path: '/join' }]);
	});
});

describe('the line of a forum at the organizers', () => {
	const lines = (about: Partial<Answer>) =>
		inWords(about).lines.map(({ path, text }) => path ?? text);

	test('leads to its list, a new vote and its report', () => {
		expect(lines({ priorities: 9, confirmed: 3 })).toEqual([
			'/organize/forums/f',
			'/organize/forums/f/questions',
			'/organize/forums/f/people',
			'/organize/forums/f/fees',
			'/organize/forums/f/bursaries',
			'/organize/forums/f/needs',
			'/organize/forums/f/sessions',
			'/forums/f/check-in',
			'/organize/forums/f/materials',
			'/organize/priorities/f',
			'/organize/forums/f/notes',
			'/organize/votes/new?forum=f',
			'/organize/forums/f/feedback',
			'/organize/reports/f'
		]);
	});

	test('leads to a vote that is not counted instead of a new one', () => {
		expect(lines({ ...past, priorities: 9, votes: [vote(after)] })).toEqual([
			'/organize/forums/f',
			'/organize/forums/f/questions',
			'/organize/forums/f/fees',
			'/organize/forums/f/bursaries',
			'/organize/forums/f/sessions',
			'/organize/forums/f/materials',
			'/organize/priorities/f',
			'/organize/forums/f/notes',
			`/organize/votes/until ${after}`,
			'/organize/forums/f/feedback',
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
