import { describe, expect, test } from 'vitest';
import * as committees from '../../src/lib/committees/gathered';
import * as sessions from '../../src/lib/sessions/gathered';
import * as threads from '../../src/lib/threads/gathered';
import * as people from '../../src/lib/people/gathered';
import * as votes from '../../src/lib/votes/gathered';
import {
	confirmed,
	forum,
	inDays,
	insert,
	joins,
	member,
	organizer,
	vote,
	voteKey
} from './builders';
import { scene, type Persona, type Scene } from './scene';

async function committee(s: Scene, slug: string): Promise<string> {
	const row = await insert(s, 'committees', {
		committee_id: crypto.randomUUID(),
		position: 0,
		slug,
		name_en: 'A committee',
		name_fr: 'Un comité',
		description_en: '',
		description_fr: '',
		duties_en: [],
		duties_fr: [],
		meets_en: '',
		meets_fr: ''
	});
	return row.committee_id as string;
}

function startThread(author: Persona, slug: string, about: Record<string, unknown> = {}) {
	return author.calls<string>('start_thread', {
		committees: [slug],
		title: 'A thread',
		body: 'Words',
		language: 'en',
		closed_to_government: false,
		client_key: crypto.randomUUID(),
		...about
	});
}

async function needsOf(person: Persona) {
	const { page } = await person.calls('home_page');
	return {
		...people.tasksSchema.parse(page),
		...votes.tasksSchema.parse(page),
		...threads.tasksSchema.parse(page),
		...sessions.tasksSchema.parse(page),
		...committees.tasksSchema.parse(page)
	};
}

describe('what needs a person', () => {
	test('is nothing to visitors, without a profile, or when suspended', () =>
		scene(async (s) => {
			await forum(s);
			await expect(s.visitor.calls('home_page')).rejects.toMatchObject({ code: '42501' });
			expect((await (await s.person('New')).calls('home_page')).page).toBeNull();
			const sam = await member(s, 'Sam', { suspended: true });
			expect((await sam.calls('home_page')).page).toBeNull();
		}));

	test('are the unread threads of their committees, and of no other', () =>
		scene(async (s) => {
			const [ours, theirs] = [await committee(s, 'ours'), await committee(s, 'theirs')];
			const [amira, ben, cleo] = [
				await member(s, 'Amira'),
				await member(s, 'Ben'),
				await member(s, 'Cleo')
			];
			await joins(s, amira, ours);
			await joins(s, ben, ours);
			await joins(s, cleo, theirs);
			const thread_id = await startThread(amira, 'ours');
			expect((await needsOf(ben)).threads).toMatchObject([{ thread_id, unread: 1 }]);
			expect((await needsOf(amira)).threads).toEqual([]);
			expect((await needsOf(cleo)).threads).toEqual([]);
			expect((await needsOf(await member(s, 'Stranger'))).threads).toEqual([]);
			await ben.calls('mark_read', { thread_id, number: 1 });
			expect((await needsOf(ben)).threads).toEqual([]);
		}));

	test('ends with the membership', () =>
		scene(async (s) => {
			const ours = await committee(s, 'ours');
			const [amira, ben] = [await member(s, 'Amira'), await member(s, 'Ben')];
			await joins(s, amira, ours);
			const membership_id = await joins(s, ben, ours);
			await startThread(amira, 'ours');
			expect(await needsOf(ben)).toMatchObject({ threads: [{}], committees: [{ slug: 'ours' }] });
			await ben.calls('end_membership', { membership_id });
			expect(await needsOf(ben)).toMatchObject({ threads: [], committees: [] });
		}));

	test('lasts as long as a membership that has an end, and starts with it', () =>
		scene(async (s) => {
			const ours = await committee(s, 'ours');
			const [amira, ben] = [await member(s, 'Amira'), await member(s, 'Ben')];
			for (const [person, starts, ends] of [
				[amira, -5, 5],
				[ben, 5, 9]
			] as const) {
				await s.sql(
					`insert into public.memberships (committee_id, person_id, starts_at, ends_at) values ($1, $2, $3, $4)`,
					[ours, person.id, inDays(starts), inDays(ends)]
				);
			}
			expect((await needsOf(amira)).committees).toHaveLength(1);
			expect((await needsOf(ben)).committees).toEqual([]);
		}));

	test('has no thread that is closed to government, when the person is from a government', () =>
		scene(async (s) => {
			const ours = await committee(s, 'ours');
			const [amira, ben, gil] = [
				await member(s, 'Amira'),
				await member(s, 'Ben'),
				await member(s, 'Gil', { sector: 'government' })
			];
			for (const person of [amira, ben, gil]) await joins(s, person, ours);
			await startThread(amira, 'ours', { closed_to_government: true });
			expect((await needsOf(ben)).threads).toHaveLength(1);
			expect((await needsOf(gil)).threads).toEqual([]);
		}));

	test('is a vote for those on its voters, while it is open', () =>
		scene(async (s) => {
			const [amira, ben] = [await member(s, 'Amira'), await member(s, 'Ben')];
			const { forum_id } = await forum(s);
			const other = await forum(s);
			const vote_id = await vote(s, forum_id, 3, [amira]);
			await vote(s, other.forum_id, -1, [amira]);
			expect((await needsOf(amira)).votes).toMatchObject([{ vote_id, has_voted: false }]);
			expect((await needsOf(ben)).votes).toEqual([]);
			await amira.calls('cast_ballot', {
				vote_id,
				picks: [],
				stars: [],
				none_of_these: true,
				key: voteKey
			});
			expect((await needsOf(amira)).votes).toMatchObject([{ has_voted: true }]);
		}));

	test('is one’s own registration, and nobody else’s', () =>
		scene(async (s) => {
			const [amira, ben] = [await member(s, 'Amira'), await member(s, 'Ben')];
			const { forum_id } = await forum(s);
			await confirmed(s, amira, forum_id);
			expect((await needsOf(amira)).forums).toMatchObject([{ status: 'confirmed' }]);
			expect((await needsOf(ben)).forums).toMatchObject([
				{ status: null, registration_open: true, sessions: [] }
			]);
		}));

	test('leaves out drafts, what is cancelled and what is over where it took place', () =>
		scene(async (s) => {
			const amira = await member(s, 'Amira');
			const today = (zone: string) =>
				new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
			await forum(s, { published_at: null });
			await forum(s, { cancelled_at: inDays(-1) });
			const yesterday = inDays(-2).slice(0, 10);
			await forum(s, { starts_on: yesterday, ends_on: yesterday });
			expect((await needsOf(amira)).forums).toEqual([]);
			for (const zone of ['America/St_Johns', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
				await forum(s, { time_zone: zone, starts_on: today(zone), ends_on: today(zone) });
			}
			expect((await needsOf(amira)).forums).toHaveLength(3);
		}));

	test('a forum without dates is not open, one without a closing date is', () =>
		scene(async (s) => {
			const amira = await member(s, 'Amira');
			await forum(s, { slug: 'none', registration_opens_at: null, registration_closes_at: null });
			await forum(s, { slug: 'endless', registration_closes_at: null });
			const open = Object.fromEntries(
				(await needsOf(amira)).forums.map(({ slug, registration_open }) => [
					slug,
					registration_open
				])
			);
			expect(open).toEqual({ none: false, endless: true });
		}));
});

// Home gets them merged into one object, where the later domain would take the place of the earlier.
test('no two domains answer under the same name what needs a person', () =>
	scene(async (s) => {
		const olive = await organizer(s);
		const functions = await s.sql<{ name: string }>(
			`select p.proname as name from pg_proc p
			where p.pronamespace = 'private'::regnamespace and p.proname like '%\\_tasks'`
		);
		expect(functions.length).toBeGreaterThan(5);
		const names: string[] = [];
		for (const { name } of functions) {
			const [row] = await s.sql<{ answer: object | null }>(`select private.${name}($1) as answer`, [
				olive.id
			]);
			names.push(...Object.keys(row!.answer ?? {}));
		}
		expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
	}));
