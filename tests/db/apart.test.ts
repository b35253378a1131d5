import { describe, expect, test } from 'vitest';
import { listSchema, mineSchema } from '../../src/lib/apart/schema';
import { breakout, confirmed, forum, inDays, insert, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Said, type Scene } from './scene';

// Who asks not to share a session with somebody shares no session with them, and nobody can find out by it where anybody is.

const hour = 1 / 24;
const secretWords = 'My former employer, from Saskatoon';

/** A forum with eight sessions in two blocks, somebody who asks, the person they mean, and a needs reader. */
async function stage(s: Scene, about: { capacity?: number } = {}) {
	const { forum_id, slug } = await forum(s, { capacity_in_person: 100 });
	const sessions: string[] = [];
	const blocks = [30, 30 + 2 * hour].map((day) => [inDays(day), inDays(day + hour)] as const);
	for (let n = 0; n < 8; n++) {
		const [starts_at, ends_at] = blocks[n < 4 ? 0 : 1]!;
		sessions.push(
			await breakout(s, forum_id, {
				starts_at,
				ends_at,
				capacity: about.capacity ?? 20
			})
		);
	}
	const amira = await participant(s, forum_id, 'Amira');
	const xavier = await participant(s, forum_id, 'Xavier');
	// A secret that gives each of the two a session at each time.
	await s.sql(
		`insert into private.apart_secrets (forum_id, secret)
		select $1, n::text from generate_series(1, 500) n
		where 2 = all (
			select count(*) filter (where private.apart_is_half(n::text, $2, session_id))
			from public.sessions where forum_id = $1 group by starts_at)
		order by n limit 1`,
		[forum_id, amira.id]
	);
	const olive = await organizer(s);
	const rosa = await reader(s, olive, forum_id);
	return { forum_id, slug: slug as string, sessions, amira, xavier, olive, rosa };
}
type Stage = Awaited<ReturnType<typeof stage>>;

async function participant(s: Scene, forum_id: string, name: string, sector = 'ngo') {
	const person = await member(s, name, { sector });
	await confirmed(s, person, forum_id, { name, sector });
	return person;
}

async function reader(s: Scene, olive: Persona, forum_id: string, name = 'Rosa') {
	const rosa = await member(s, name);
	await olive.calls('name_role', {
		person_id: rosa.id,
		role: 'needs_reader',
		forum_id,
		ends_on: null
	});
	return rosa;
}

const asking = { about: 'person', words: secretWords, organization_id: null, sector: null };

/** Asks, and gives the request. */
async function asks(s: Scene, person: Persona, forum_id: string, about: object = {}) {
	await person.calls('ask_apart', { forum_id, ...asking, ...about });
	const [row] = await s.sql<{ request_id: string }>(
		'select request_id from private.apart_requests where person_id = $1 order by asked_at desc limit 1',
		[person.id]
	);
	return row!.request_id;
}

/** The request of Amira about Xavier, accepted. */
async function apart(s: Scene, { forum_id, amira, xavier, rosa }: Stage) {
	const request_id = await asks(s, amira, forum_id);
	await rosa.calls('accept_apart', { request_id, person_id: xavier.id });
	return request_id;
}

const signs = (person: Persona, session_id: string) => person.calls('sign_up', { session_id });

/** What a caller gets to know of a refusal, as the API answers it. */
async function refusal(act: Promise<unknown>): Promise<unknown> {
	const thrown = await act.then(
		() => null,
		(cause: Said & { hint?: string }) => cause
	);
	if (!thrown) return 'done';
	const { message, code, detail = null, hint = null, constraint = null } = thrown;
	return { message, code, detail, hint, constraint };
}

/** The sessions that a person may enter. */
async function open(s: Scene, person: Persona, { forum_id }: Pick<Stage, 'forum_id'>) {
	const rows = await s.sql<{ session_id: string }>(
		`select session_id from public.sessions where forum_id = $1 and not private.apart_bars(session_id, forum_id, $2)`,
		[forum_id, person.id]
	);
	return rows.map(({ session_id }) => session_id);
}

/** All that a person can see and try, as text; every act is undone. */
async function view(s: Scene, person: Persona, { sessions, slug, forum_id }: Stage) {
	const seen: unknown[] = [
		await person.reads('sessions', { forum_id }, 'it.session_id, public.spots_left(it) as left'),
		await person.reads('signups'),
		await person.reads('session_waits'),
		await refusalOr(person.calls('my_apart', { slug })),
		await person.calls('export_my_data'),
		await person.calls('home_page')
	];
	for (const session_id of sessions) {
		for (const verb of ['sign_up', 'swap_signup', 'join_session_waitlist']) {
			await s.sql('savepoint try');
			seen.push([verb, session_id, await refusal(person.calls(verb, { session_id }))]);
			await s.sql('rollback to savepoint try');
		}
	}
	return JSON.stringify(seen);
}

async function refusalOr(asked: Promise<unknown>) {
	return asked.catch((cause: Error) => cause.message);
}

/** What a person sees in one of several worlds. */
async function inWorld(s: Scene, act: () => Promise<unknown>, look: () => Promise<string>) {
	await s.sql('savepoint world');
	await act();
	const seen = await look();
	await s.sql('rollback to savepoint world');
	return seen;
}

describe('once a needs reader accepts', () => {
	test('the two have no session in common, and each finds some of them open', () =>
		scene(async (s) => {
			const it = await stage(s);
			expect(await open(s, it.amira, it)).toHaveLength(8);
			await apart(s, it);
			const [hers, his] = [await open(s, it.amira, it), await open(s, it.xavier, it)];
			expect([...hers, ...his].sort()).toEqual([...it.sessions].sort());
			expect([hers.length, his.length]).toEqual([4, 4]);
			for (const session_id of hers) {
				await expect(signs(it.xavier, session_id)).rejects.toThrow('session_full');
			}
			for (const session_id of his) {
				await expect(signs(it.amira, session_id)).rejects.toThrow('session_full');
			}
			const bea = await participant(s, it.forum_id, 'Bea');
			expect(await open(s, bea, it)).toHaveLength(8);
		}));

	test('a request about an organization or a sector is about each of its people, by profile or registration', () =>
		scene(async (s) => {
			const it = await stage(s);
			const { organization_id } = await insert(s, 'organizations', {
				organization_id: crypto.randomUUID(),
				name_en: 'Farm Owners',
				name_fr: 'Propriétaires de fermes'
			});
			const pia = await participant(s, it.forum_id, 'Pia', 'law_enforcement');
			const tom = await member(s, 'Tom');
			await confirmed(s, tom, it.forum_id, { organization_name: ' Proprietaires-de  Fermes. ' });
			const groups = [
				{ about: 'sector', sector: 'law_enforcement', words: '' },
				{ about: 'organization', organization_id, words: '' }
			];
			for (const [named, about] of [
				[pia, groups[0]!],
				[tom, groups[1]!]
			] as const) {
				const request_id = await asks(s, it.amira, it.forum_id, about);
				await it.rosa.calls('accept_apart', { request_id, person_id: null });
				const both = await open(s, named, it);
				expect((await open(s, it.amira, it)).filter((one) => both.includes(one))).toEqual([]);
				expect(both.length).toBeLessThan(8);
			}
			// Ten requests about one sector share a split: half of the sessions stay open to it.
			const before = await open(s, pia, it);
			const bea = await participant(s, it.forum_id, 'Bea');
			const request_id = await asks(s, bea, it.forum_id, groups[0]);
			await it.rosa.calls('accept_apart', { request_id, person_id: null });
			expect(await open(s, pia, it)).toEqual(before);
		}));

	test('who was named keeps the spots of before, and the person who asked loses those of the other half', () =>
		scene(async (s) => {
			const it = await stage(s);
			for (const session_id of [it.sessions[0]!, it.sessions[4]!]) {
				for (const person of [it.amira, it.xavier]) await signs(person, session_id);
			}
			await apart(s, it);
			const of = async (person: Persona) => (await person.reads('signups')).length;
			expect(await of(it.xavier)).toBe(2);
			expect(await of(it.amira)).toBe(0);
			expect(await s.sql(`select kind from private.emails where kind like 'session%'`)).toEqual([]);
		}));

	test('nothing changes before, nor when the request is declined, deleted or ended', () =>
		scene(async (s) => {
			const it = await stage(s);
			const request_id = await asks(s, it.amira, it.forum_id);
			expect(await open(s, it.amira, it)).toHaveLength(8);
			await it.rosa.calls('decline_apart', { request_id });
			expect(await open(s, it.xavier, it)).toHaveLength(8);
			await it.rosa.calls('accept_apart', { request_id, person_id: it.xavier.id });
			expect((await open(s, it.xavier, it)).length).toBeLessThan(8);
			await it.rosa.calls('decline_apart', { request_id });
			expect(await open(s, it.xavier, it)).toHaveLength(8);
			await it.rosa.calls('accept_apart', { request_id, person_id: it.xavier.id });
			for (let time = 0; time < 2; time++) await it.amira.calls('delete_apart', { request_id });
			expect(await open(s, it.xavier, it)).toHaveLength(8);
			const [row] = await s.sql('select * from private.apart_requests');
			expect(row).toMatchObject({ words: '', with_person_id: null, split: null });
			await expect(
				it.rosa.calls('accept_apart', { request_id, person_id: it.xavier.id })
			).rejects.toThrow('apart_not_found');
		}));
});

describe('a session that is closed so', () => {
	test('is refused like a full one, byte for byte and by the same functions', () =>
		scene(async (s) => {
			const it = await stage(s);
			const bea = await participant(s, it.forum_id, 'Bea');
			await apart(s, it);
			const hers = await open(s, it.amira, it);
			const barred = it.sessions.filter((session) => !hers.includes(session))[0]!;
			const full = hers[0]!;
			await s.sql('update public.sessions set capacity = 1 where session_id = $1', [full]);
			await signs(bea, full);
			await s.sql(`set local track_functions = 'all'`);
			const calls = () =>
				s.sql<{ name: string; calls: string }>(
					`select schemaname || '.' || funcname as name, sum(calls)::integer as calls
					from pg_stat_xact_user_functions group by 1 order by 1`
				);
			const counted = async (act: () => Promise<unknown>) => {
				const before = new Map((await calls()).map((row) => [row.name, Number(row.calls)]));
				const said = await refusal(act());
				const after = await calls();
				return {
					said,
					functions: after
						.map(({ name, calls }) => [name, Number(calls) - (before.get(name) ?? 0)] as const)
						.filter(([, n]) => n > 0)
				};
			};
			for (const verb of ['sign_up', 'swap_signup']) {
				const [one, other] = [
					await counted(() => it.amira.calls(verb, { session_id: barred })),
					await counted(() => it.amira.calls(verb, { session_id: full }))
				];
				expect(one.said).toMatchObject({ message: 'session_full', code: 'PT409' });
				expect(JSON.stringify(one.said)).toBe(JSON.stringify(other.said));
				expect(one.functions.length).toBeGreaterThan(5);
				expect(one.functions).toEqual(other.functions);
			}
			const left = (session_id: string) =>
				it.amira.reads('sessions', { session_id }, 'public.spots_left(it) as left');
			expect(await left(barred)).toEqual([{ left: 'full' }]);
			expect(await left(full)).toEqual([{ left: 'full' }]);
			expect(
				await bea.reads('sessions', { session_id: barred }, 'public.spots_left(it) as left')
			).toEqual([{ left: 'open' }]);
		}));

	test('has a waitlist, where the person waits, is passed by and keeps their position', () =>
		scene(async (s) => {
			const it = await stage(s, { capacity: 1 });
			const request_id = await apart(s, it);
			const hers = await open(s, it.amira, it);
			const session_id = it.sessions.find((session) => !hers.includes(session))!;
			const [bea, cleo, dan] = [
				await participant(s, it.forum_id, 'Bea'),
				await participant(s, it.forum_id, 'Cleo'),
				await participant(s, it.forum_id, 'Dan')
			];
			// While there are spots, as if there were none; others see that there are.
			await it.amira.calls('join_session_waitlist', { session_id });
			const left = (person: Persona) =>
				person.reads('sessions', { session_id }, 'public.spots_left(it) as left');
			expect(await left(bea)).toEqual([{ left: 'few' }]);
			await signs(bea, session_id);
			await cleo.calls('join_session_waitlist', { session_id });
			await bea.calls('cancel_signup', { session_id });
			await s.service.calls('offer_due_session_spots');
			const offered = await s.sql(
				`select p.name from public.session_waits w join public.people p using (person_id) where w.offered_until is not null`
			);
			expect(offered).toEqual([{ name: 'Cleo' }]);
			await expect(signs(it.amira, session_id)).rejects.toThrow('session_full');
			expect(await it.amira.reads('session_waits')).toHaveLength(1);
			await cleo.calls('leave_session_waitlist', { session_id });
			await dan.calls('sign_up', { session_id });
			await it.amira.calls('delete_apart', { request_id });
			await dan.calls('cancel_signup', { session_id });
			await cleo.calls('join_session_waitlist', { session_id }).catch(() => null);
			await s.service.calls('offer_due_session_spots');
			expect(
				(await it.amira.reads<{ offered_until: string | null }>('session_waits'))[0]!.offered_until
			).not.toBeNull();
		}));

	test('takes back the offer of the person who asked, and leaves them in line', () =>
		scene(async (s) => {
			const it = await stage(s, { capacity: 1 });
			const bea = await participant(s, it.forum_id, 'Bea');
			for (const session_id of it.sessions.slice(0, 1).concat(it.sessions.slice(4, 5))) {
				await signs(bea, session_id);
			}
			const full = [it.sessions[0]!, it.sessions[4]!];
			for (const session_id of full) {
				await it.amira.calls('join_session_waitlist', { session_id });
				await bea.calls('cancel_signup', { session_id });
			}
			await s.service.calls('offer_due_session_spots');
			await apart(s, it);
			const hers = await open(s, it.amira, it);
			const waits = await it.amira.reads<{ session_id: string; offered_until: string | null }>(
				'session_waits'
			);
			expect(waits).toHaveLength(2);
			for (const { session_id, offered_until } of waits) {
				expect(offered_until !== null).toBe(hers.includes(session_id));
			}
		}));
});

describe('a prober learns nothing', () => {
	test('the person who asked sees the same wherever the other is, or if they never registered', () =>
		scene(async (s) => {
			const it = await stage(s);
			const request_id = await asks(s, it.amira, it.forum_id);
			const look = () => view(s, it.amira, it);
			const accept = (person: Persona | null) =>
				it.rosa.calls('accept_apart', { request_id, person_id: person?.id ?? null });
			const worlds = [
				await inWorld(s, () => accept(it.xavier), look),
				await inWorld(s, () => accept(null), look),
				await inWorld(
					s,
					async () => {
						await it.xavier.calls('cancel_registration', { forum_id: it.forum_id });
						await accept(null);
					},
					look
				)
			];
			const his = await (async () => {
				await s.sql('savepoint halves');
				await accept(it.xavier);
				const found = await open(s, it.xavier, it);
				await s.sql('rollback to savepoint halves');
				return found;
			})();
			for (const session_id of his) {
				worlds.push(
					await inWorld(
						s,
						async () => {
							await accept(it.xavier);
							await signs(it.xavier, session_id);
						},
						look
					),
					// Found later, after they have registered.
					await inWorld(
						s,
						async () => {
							await accept(null);
							await signs(it.xavier, session_id);
							await accept(it.xavier);
						},
						look
					)
				);
			}
			expect(worlds.length).toBeGreaterThan(8);
			expect(worlds[0]).toContain('"left":"full"');
			expect(new Set(worlds).size).toBe(1);
		}));

	test('nor does the other: their view is the same wherever the person who asked is', () =>
		scene(async (s) => {
			const it = await stage(s);
			await apart(s, it);
			const hers = await open(s, it.amira, it);
			const look = () => view(s, it.xavier, it);
			const worlds = [await look()];
			for (const session_id of hers) {
				worlds.push(await inWorld(s, () => signs(it.amira, session_id), look));
			}
			expect(worlds[0]).not.toContain('apart_requests":[{');
			expect(new Set(worlds).size).toBe(1);
		}));

	test('whom a needs reader chose is in no answer to the person who asked', () =>
		scene(async (s) => {
			const it = await stage(s);
			await apart(s, it);
			expect(await view(s, it.amira, it)).not.toMatch(new RegExp(`${it.xavier.id}|Xavier`));
		}));

	test('visitors, members without a spot and strangers see no availability to compare with', () =>
		scene(async (s) => {
			const it = await stage(s);
			const stranger = await member(s, 'Stranger');
			const wei = await member(s, 'Wei');
			await confirmed(s, wei, it.forum_id, { status: 'waitlisted', confirmed_at: null });
			for (const caller of [s.visitor, stranger, wei, it.olive]) {
				const rows = await caller.reads(
					'sessions',
					{ forum_id: it.forum_id },
					'distinct public.spots_left(it) as left'
				);
				expect(rows).toEqual([{ left: null }]);
			}
		}));

	test('may try five times at one forum, deleted requests included', () =>
		scene(async (s) => {
			const it = await stage(s);
			for (let n = 0; n < 5; n++) {
				const request_id = await asks(s, it.amira, it.forum_id, { words: `Somebody ${n}` });
				await it.amira.calls('delete_apart', { request_id });
			}
			await expect(
				it.amira.calls('ask_apart', { forum_id: it.forum_id, ...asking })
			).rejects.toMatchObject({ message: 'apart_too_many', code: 'PT429' });
		}));
});

/** All that somebody may ask for, as text. */
async function everything(s: Scene, someone: Persona, { forum_id, slug }: Stage): Promise<string> {
	const answers: unknown[] = [];
	for (const query of [
		'select * from private.apart_requests',
		'select * from private.apart_readings',
		'select * from private.apart_secrets',
		'select private.apart_bars(gen_random_uuid(), gen_random_uuid(), gen_random_uuid())'
	]) {
		const answer = await someone.query(query).catch((thrown: Error & { code: string }) => thrown);
		expect(answer, query).toMatchObject({ code: '42501' });
		answers.push(String(answer));
	}
	for (const table of ['forums', 'sessions', 'registrations', 'signups', 'session_waits']) {
		answers.push(await someone.reads(table));
	}
	for (const [verb, args] of [
		['export_my_data', {}],
		['home_page', {}],
		['organize', {}],
		['roster', { forum_id }],
		['needs_overview', { slug }],
		['registration_story', { registration_id: forum_id }],
		['audit_list', { person: null, name: '', action: '', since: null, until: null, after: null }]
	] as const) {
		answers.push(await someone.calls(verb, args).catch((thrown: Error) => thrown.message));
	}
	return JSON.stringify(answers);
}

describe('requests', () => {
	test('are for the person and the needs readers of that forum, and the person sees each reading', () =>
		scene(async (s) => {
			const it = await stage(s);
			await asks(s, it.amira, it.forum_id);
			for (let time = 0; time < 2; time++) {
				const list = listSchema.parse(await it.rosa.calls('read_apart', { slug: it.slug }));
				expect(list.requests).toMatchObject([
					{ name: 'Amira', words: secretWords, status: 'waiting', person: null, open: 8 }
				]);
			}
			const mine = mineSchema.parse(await it.amira.calls('my_apart', { slug: it.slug }));
			expect(mine).toMatchObject({
				left: 4,
				readers: ['Rosa'],
				requests: [{ words: secretWords, status: 'waiting' }],
				readings: [{ reader: 'Rosa' }]
			});
			expect((await it.rosa.calls('home_page')).page.apart_to_decide).toMatchObject([{ count: 1 }]);
			expect((await it.olive.calls('home_page')).page.apart_to_decide).toEqual([]);
		}));

	test('are for nobody else, accepted or not', () =>
		scene(async (s) => {
			const it = await stage(s);
			const request_id = await apart(s, it);
			const other = await forum(s);
			const orla = await participant(s, other.forum_id as string, 'Orla');
			const gus = await participant(s, it.forum_id, 'Gus', 'government');
			const refused: Record<string, Persona> = {
				'an organizer': it.olive,
				'the person it is about': it.xavier,
				'a participant': await participant(s, it.forum_id, 'Pat'),
				'of another forum': orla,
				'a needs reader of another forum': await reader(
					s,
					it.olive,
					other.forum_id as string,
					'Ren'
				),
				'of a government': gus
			};
			for (const [who, someone] of Object.entries(refused)) {
				for (const act of [
					() => someone.calls('read_apart', { slug: it.slug }),
					() => someone.calls('find_apart', { request_id, name: 'Xavier' }),
					() => someone.calls('accept_apart', { request_id, person_id: null }),
					() => someone.calls('decline_apart', { request_id })
				]) {
					await expect(act(), who).rejects.toThrow('needs_readers_only');
				}
				await someone.calls('delete_apart', { request_id });
				expect(await everything(s, someone, it), who).not.toMatch(
					/Saskatoon|apart_requests":\[\{|accept_apart/
				);
			}
			expect(await open(s, it.xavier, it)).not.toHaveLength(8);
			const [event] = await s.sql(
				`select count(*)::integer as n from private.events where kind like '%apart%' or subject_kind like '%apart%'`
			);
			expect(event).toEqual({ n: 0 });
			await expect(s.visitor.calls('my_apart', { slug: it.slug })).rejects.toMatchObject({
				code: '42501'
			});
			for (const outsider of [orla, await member(s, 'Olga')]) {
				await expect(
					outsider.calls('ask_apart', { forum_id: it.forum_id, ...asking })
				).rejects.toThrow('not_registered');
			}
			const sam = await member(s, 'Sam', { suspended: true });
			await expect(sam.calls('ask_apart', { forum_id: it.forum_id, ...asking })).rejects.toThrow(
				'account_suspended'
			);
		}));

	test('are read and decided by no needs reader whom they are by or about', () =>
		scene(async (s) => {
			const it = await stage(s);
			const yuri = await reader(s, it.olive, it.forum_id, 'Yuri');
			await s.sql(`update public.people set sector = 'youth' where person_id = $1`, [yuri.id]);
			await confirmed(s, yuri, it.forum_id, { name: 'Yuri', sector: 'youth' });
			const about = await asks(s, it.amira, it.forum_id, {
				about: 'sector',
				sector: 'youth',
				words: ''
			});
			const own = await asks(s, yuri, it.forum_id);
			const accepted = await asks(s, it.xavier, it.forum_id);
			await it.rosa.calls('accept_apart', { request_id: accepted, person_id: yuri.id });
			const seen = async (person: Persona) =>
				(await person.calls('read_apart', { slug: it.slug })).requests.length;
			expect([await seen(it.rosa), await seen(yuri)]).toEqual([3, 0]);
			for (const request_id of [about, own, accepted]) {
				await expect(yuri.calls('accept_apart', { request_id, person_id: null })).rejects.toThrow(
					'apart_not_found'
				);
				expect(await yuri.calls('find_apart', { request_id, name: 'Xavier' })).toEqual([]);
			}
		}));

	test('find people of that forum by a part of their name, without accents', () =>
		scene(async (s) => {
			const it = await stage(s);
			const request_id = await asks(s, it.amira, it.forum_id);
			await participant(s, it.forum_id, 'Élodie Xu');
			const names = async (name: string) =>
				(await it.rosa.calls<{ name: string }[]>('find_apart', { request_id, name })).map(
					(found) => found.name
				);
			expect(await names(' elodie')).toEqual(['Élodie Xu']);
			expect(await names('X')).toEqual([]);
			expect(await names('Amira')).toEqual([]);
			expect(await names('%%')).toEqual([]);
			expect(await names('x'.repeat(5000))).toEqual([]);
		}));

	test.each([
		['apart_nobody', { words: '  ' }],
		['apart_nobody', { about: 'sector', words: 'x' }],
		['apart_nobody', { about: 'organization', organization_id: crypto.randomUUID() }],
		['apart_own_group', { about: 'sector', sector: 'ngo' }],
		['apart_requests_words_length', { words: 'a'.repeat(501) }]
	])('are refused by %s', (message, about) =>
		scene(async (s) => {
			const it = await stage(s);
			const said = await refusal(
				it.amira.calls('ask_apart', { forum_id: it.forum_id, ...asking, ...about })
			);
			expect(JSON.stringify(said)).toContain(message);
		})
	);

	test('sent twice are one; about oneself or somebody who is not registered they are not accepted', () =>
		scene(async (s) => {
			const it = await stage(s);
			const request_id = await asks(s, it.amira, it.forum_id);
			expect(await asks(s, it.amira, it.forum_id)).toBe(request_id);
			const accept = (person: Persona) =>
				it.rosa.calls('accept_apart', { request_id, person_id: person.id });
			await expect(accept(it.amira)).rejects.toThrow('apart_own_group');
			await expect(accept(await member(s, 'Olga'))).rejects.toThrow('apart_not_registered');
			await s.sql(
				'update public.forums set starts_on = current_date - 9, ends_on = current_date - 9'
			);
			await expect(
				it.amira.calls('ask_apart', { forum_id: it.forum_id, ...asking, words: 'Later' })
			).rejects.toThrow('apart_too_late');
		}));
});

test('who becomes one of those named loses the spots of the other half', () =>
	scene(async (s) => {
		const it = await stage(s);
		const request_id = await asks(s, it.amira, it.forum_id, {
			about: 'sector',
			sector: 'youth',
			words: ''
		});
		await it.rosa.calls('accept_apart', { request_id, person_id: null });
		const hers = await open(s, it.amira, it);
		const [session_id] = hers;
		for (const person of [it.amira, it.xavier]) await signs(person, session_id!);
		await it.olive.calls('set_sector', { person_id: it.xavier.id, sector: 'youth' });
		expect(await it.xavier.reads('signups')).toEqual([]);
		expect(await it.amira.reads('signups')).toHaveLength(1);
	}));

describe('requests are deleted', () => {
	const rows = (s: Scene) =>
		s.sql(`select 1 from private.apart_requests union all select 2 from private.apart_readings`);

	test.each([
		[
			'when the person cancels',
			(s: Scene, p: Persona, forum_id: string) => p.calls('cancel_registration', { forum_id })
		],
		['with the account', (s: Scene, p: Persona) => p.calls('delete_my_account')],
		[
			'when the forum is cancelled',
			(s: Scene, p: Persona, forum_id: string) =>
				s.sql('select private.apart_cancel_forum($1)', [forum_id])
		],
		[
			'30 days after the forum',
			async (s: Scene) => {
				await s.sql(
					'update public.forums set starts_on = current_date - 30, ends_on = current_date - 30'
				);
				expect(await s.service.calls('delete_old_data')).toMatchObject({ apart_requests: 1 });
			}
		]
	] as const)('%s', (_, ends) =>
		scene(async (s) => {
			const it = await stage(s);
			await apart(s, it);
			await it.rosa.calls('read_apart', { slug: it.slug });
			expect(await rows(s)).toHaveLength(2);
			await ends(s, it.amira, it.forum_id);
			expect(await rows(s)).toEqual([]);
		})
	);

	test('not a day earlier, nor with the account of the other: for the person who asked nothing changes', () =>
		scene(async (s) => {
			const it = await stage(s);
			await apart(s, it);
			const before = await open(s, it.amira, it);
			await it.xavier.calls('delete_my_account');
			expect(await open(s, it.amira, it)).toEqual(before);
			await s.sql(
				'update public.forums set starts_on = current_date - 29, ends_on = current_date - 29'
			);
			await s.service.calls('delete_old_data');
			expect(await rows(s)).toHaveLength(1);
			expect(await it.amira.calls('export_my_data')).toMatchObject({
				apart_requests: [{ words: secretWords, status: 'apart' }]
			});
		}));
});

/** The same numbers each time. */
function dice(seed: number) {
	let state = seed;
	return (sides: number) => {
		state = (state * 1103515245 + 12345) % 2147483648;
		return Math.floor((state / 2147483648) * sides);
	};
}

/** Plays acts in one call, each in its own savepoint, and looks for a pair in one session after each. */
const playing = `
	create function pg_temp.play(acts jsonb) returns jsonb language plpgsql as $play$
	declare act jsonb; wrong jsonb := '[]'; done integer := 0; tested integer := 0;
	begin
		for act in select * from jsonb_array_elements(acts) loop
			perform set_config('request.jwt.claims',
				case when act ->> 'as' is null then '' else jsonb_build_object('role', 'authenticated', 'sub', act ->> 'as')::text end, true),
				set_config('request.jwt.claim.sub', coalesce(act ->> 'as', ''), true);
			begin
				execute act ->> 'sql';
				done := done + 1;
			exception when others then
				if sqlstate not like 'PT%' and sqlstate not in ('23P01', '23505') then raise; end if;
			end;
			if exists (select from private.apart_requests where accepted_at is not null) then tested := tested + 1; end if;
			if exists (
				select from private.apart_requests r
				join (
					select session_id, person_id from public.signups
					union all select session_id, person_id from public.session_waits where offered_until > clock_timestamp()) a
					on a.person_id = r.person_id
				join (
					select session_id, person_id from public.signups
					union all select session_id, person_id from public.session_waits where offered_until > clock_timestamp()) b
					on b.session_id = a.session_id and b.person_id <> a.person_id
				join public.people p on p.person_id = b.person_id
				where r.accepted_at is not null and (r.with_person_id = b.person_id or r.with_sector = p.sector
					or r.with_organization_id = p.organization_id))
			then wrong := wrong || jsonb_build_array(act); end if;
		end loop;
		return jsonb_build_object('wrong', wrong, 'done', done, 'tested', tested);
	end $play$`;

/** A thousand acts of a dozen people. */
const thousand = (seed: number) =>
	scene(async (s) => {
		const roll = dice(seed * 7919 * 7919);
		const it = await stage(s, { capacity: 3 });
		const { organization_id } = await insert(s, 'organizations', {
			organization_id: crypto.randomUUID(),
			name_en: 'Farm Owners',
			name_fr: 'Propriétaires de fermes'
		});
		const sectors = ['ngo', 'youth', 'legal'];
		const people = [it.amira, it.xavier];
		for (const name of 'ABCDEFGHIJ') people.push(await participant(s, it.forum_id, name));
		const groups = await s.sql<{ sector: string }>('select sector from public.sectors');
		const known = sectors.filter((sector) => groups.some((one) => one.sector === sector));
		await s.sql(playing);
		const q = (value: string) => `'${value}'`;
		const pick = <T>(list: T[]) => list[roll(list.length)]!;
		const anyRequest = (where: string) =>
			`(select request_id from private.apart_requests where deleted_at is null and ${where}
				order by md5(request_id::text || ${roll(1000)}) limit 1)`;
		const verbs = ['sign_up', 'sign_up', 'swap_signup', 'cancel_signup', 'join_session_waitlist'];
		const acts = (): { as: string | null; sql: string } => {
			const person = pick(people);
			const session = q(pick(it.sessions));
			switch (roll(24)) {
				case 0:
					return {
						as: person.id,
						sql: `select public.ask_apart('${it.forum_id}', 'person', 'x${roll(9)}', null, null)`
					};
				case 1:
					return {
						as: person.id,
						sql:
							roll(2) === 0
								? `select public.ask_apart('${it.forum_id}', 'sector', '', null, '${pick(known)}')`
								: `select public.ask_apart('${it.forum_id}', 'organization', '', '${organization_id as string}', null)`
					};
				case 2:
				case 3: {
					const chosen = roll(6) === 0 ? 'null' : q(pick(people).id);
					return {
						as: it.rosa.id,
						sql: `select public.accept_apart(${anyRequest('true')}, ${chosen})`
					};
				}
				case 4:
					return {
						as: it.rosa.id,
						sql: `select public.decline_apart(${anyRequest(roll(4) === 0 ? 'accepted_at is not null' : 'false')})`
					};
				case 5:
					return {
						as: person.id,
						sql: `select public.delete_apart(${anyRequest(roll(3) === 0 ? `person_id = '${person.id}'` : 'false')})`
					};
				case 6:
					return {
						as: null,
						sql: `update public.people set sector = '${pick(known)}' where person_id = '${person.id}'`
					};
				case 7:
					return {
						as: null,
						sql: `update public.people set organization_id = ${roll(3) === 0 ? q(organization_id as string) : 'null'}
							where person_id = '${person.id}'`
					};
				case 8:
					return {
						as: null,
						sql: `update public.sessions set capacity = ${1 + roll(4)} where session_id = ${session}`
					};
				case 9:
					return {
						as: null,
						sql: `delete from private.apart_requests where deleted_at is not null`
					};
				case 10:
				case 11:
					return { as: null, sql: 'select public.offer_due_session_spots()' };
				case 12:
					return { as: person.id, sql: `select public.leave_session_waitlist(${session})` };
				default:
					return { as: person.id, sql: `select public.${pick(verbs)}(${session})` };
			}
		};
		let [done, tested] = [0, 0];
		for (let batch = 0; batch < 2; batch++) {
			const list = Array.from({ length: 500 }, acts);
			const [row] = await s.sql<{ it: { wrong: unknown[]; done: number; tested: number } }>(
				'select pg_temp.play($1::text::jsonb) as it',
				[JSON.stringify(list)]
			);
			expect(row!.it.wrong).toEqual([]);
			done += row!.it.done;
			tested += row!.it.tested;
		}
		expect(done).toBeGreaterThan(300);
		expect(tested).toBeGreaterThan(300);
	});

describe('ten thousand random acts never seat the pair in one session', () => {
	test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('part %i', (seed) => thousand(seed));
});

describe.skipIf(!concurrent)('at the same moment', () => {
	test('an acceptance and both signing up for every session: no session has the pair', () =>
		together(async (s) => {
			const it = await stage(s);
			const request_id = await asks(s, it.amira, it.forum_id);
			await Promise.allSettled([
				...it.sessions.flatMap((session_id) => [
					signs(it.amira, session_id),
					signs(it.xavier, session_id)
				]),
				it.rosa.calls('accept_apart', { request_id, person_id: it.xavier.id })
			]);
			const pairs = await s.sql(
				'select session_id from public.signups group by session_id having count(*) > 1'
			);
			expect(pairs).toEqual([]);
		}));

	test('an acceptance, a change of sector and a signup: no session has the pair', () =>
		together(async (s) => {
			const it = await stage(s);
			const request_id = await asks(s, it.amira, it.forum_id, {
				about: 'sector',
				sector: 'youth',
				words: ''
			});
			for (const session_id of [it.sessions[0]!, it.sessions[4]!]) {
				await signs(it.amira, session_id);
			}
			await Promise.allSettled([
				it.rosa.calls('accept_apart', { request_id, person_id: null }),
				it.olive.calls('set_sector', { person_id: it.xavier.id, sector: 'youth' }),
				signs(it.xavier, it.sessions[0]!),
				signs(it.xavier, it.sessions[4]!)
			]);
			const pairs = await s.sql(
				'select session_id from public.signups group by session_id having count(*) > 1'
			);
			expect(pairs).toEqual([]);
		}));
});
