import { describe, expect, test } from 'vitest';
import { breakout, confirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const hour = 1 / 24;

/** A forum with a session of one spot, and people with a confirmed registration; the first one has the spot. */
async function line(
	stage: Scene,
	names: string,
	about: { format?: string; closed_to_government?: boolean } = {}
) {
	const { forum_id } = await forum(stage, { capacity_in_person: 100, capacity_online: 100 });
	const session_id = await breakout(stage, forum_id, { capacity: 1, ...about });
	const people: Persona[] = [];
	for (const name of names) people.push(await member(stage, name));
	for (const person of people) await confirmed(stage, person, forum_id);
	const [first, ...rest] = people as [Persona, Persona, Persona];
	await first.calls('sign_up', { session_id });
	for (const person of rest) await person.calls('join_session_waitlist', { session_id });
	return { forum_id, session_id, people: people as [Persona, Persona, Persona] };
}

const due = (stage: Scene) => stage.service.calls<number>('offer_due_session_spots');

const late = ({ sql }: Scene) =>
	sql(
		`update public.session_waits set offered_until = clock_timestamp() - interval '1 second' where offered_until is not null`
	);

/** Who has the spot, who is offered one, who waits, in the order of the line. */
async function states({ sql }: Scene): Promise<Record<string, string>> {
	const rows = await sql<{ name: string; state: string }>(
		`select p.name, 'taken' as state, s.signed_up_at as at from public.signups s join public.people p using (person_id)
		union all
		select p.name, case when w.offered_until is null then 'waits' when w.offered_until > clock_timestamp() then 'offered'
			else 'late' end, w.queued_at
		from public.session_waits w join public.people p using (person_id) order by at`
	);
	return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

const emails = ({ sql }: Scene) =>
	sql(`select recipient from private.emails where kind = 'session_spot_offered' order by email_id`);

describe('the waitlist of a session', () => {
	test('takes people once, in a full session only, and lets them leave', () =>
		scene(async (stage) => {
			const { forum_id, session_id, people } = await line(stage, 'ABC');
			const [a, b] = people;
			await b.calls('join_session_waitlist', { session_id });
			await a.calls('join_session_waitlist', { session_id });
			expect(await states(stage)).toEqual({ A: 'taken', B: 'waits', C: 'waits' });
			await b.calls('leave_session_waitlist', { session_id });
			await b.calls('leave_session_waitlist', { session_id });
			expect(await states(stage)).toEqual({ A: 'taken', C: 'waits' });
			const open = await breakout(stage, forum_id);
			await expect(b.calls('join_session_waitlist', { session_id: open })).rejects.toMatchObject({
				message: 'session_has_spots',
				code: 'PT409'
			});
		}));

	test('is for people who could take the spot', () =>
		scene(async (stage) => {
			const { forum_id, session_id } = await line(stage, 'A', {
				format: 'in_person',
				closed_to_government: true
			});
			const join = (person: Persona) => person.calls('join_session_waitlist', { session_id });
			const stranger = await member(stage, 'Stranger');
			const officer = await member(stage, 'Officer', { sector: 'law_enforcement' });
			const newcomer = await member(stage, 'Newcomer', { approved: false });
			const online = await member(stage, 'Online');
			for (const person of [officer, newcomer]) await confirmed(stage, person, forum_id);
			await confirmed(stage, online, forum_id);
			await stage.sql(`update public.registrations set mode = 'online' where person_id = $1`, [
				online.id
			]);
			await expect(join(stranger)).rejects.toThrow('not_confirmed');
			await expect(join(officer)).rejects.toThrow('closed_to_government');
			await expect(join(newcomer)).rejects.toThrow('approval_first');
			await expect(join(online)).rejects.toThrow('session_in_person');
			await expect(stage.visitor.calls('join_session_waitlist', { session_id })).rejects.toThrow(
				/denied/
			);
		}));

	test('is seen by each person alone, organizers included', () =>
		scene(async (stage) => {
			const { people } = await line(stage, 'ABC');
			expect(await people[1].reads('session_waits')).toHaveLength(1);
			expect(await people[0].reads('session_waits')).toEqual([]);
			expect(await (await organizer(stage)).reads('session_waits')).toEqual([]);
			await expect(stage.visitor.reads('session_waits')).rejects.toMatchObject({ code: '42501' });
		}));
});

describe('a spot that comes free', () => {
	test('is held for the first in line, with an email, while newcomers read that the session is full', () =>
		scene(async (stage) => {
			const { forum_id, session_id, people } = await line(stage, 'ABC');
			const [a, b, c] = people;
			await a.calls('cancel_signup', { session_id });
			const newcomer = await member(stage, 'D');
			await confirmed(stage, newcomer, forum_id);
			const left = () =>
				newcomer.reads('sessions', { session_id }, 'public.spots_left(it) as left');
			expect(await left()).toEqual([{ left: 'full' }]);
			for (const person of [newcomer, c]) {
				await expect(person.calls('sign_up', { session_id })).rejects.toThrow('session_full');
			}
			expect(await due(stage)).toBe(1);
			expect(await due(stage)).toBe(1);
			expect(await states(stage)).toEqual({ B: 'offered', C: 'waits' });
			expect(await emails(stage)).toEqual([{ recipient: b.email }]);
			expect(await left()).toEqual([{ left: 'full' }]);
			await b.calls('sign_up', { session_id });
			await b.calls('sign_up', { session_id });
			expect(await states(stage)).toEqual({ B: 'taken', C: 'waits' });
		}));

	test.each<[string, (stage: Scene, it: Awaited<ReturnType<typeof line>>) => Promise<unknown>]>([
		[
			'a signup is cancelled',
			(_, { session_id, people: [a] }) => a.calls('cancel_signup', { session_id })
		],
		[
			'somebody swaps away',
			async (stage, { forum_id, people: [a] }) =>
				a.calls('swap_signup', { session_id: await breakout(stage, forum_id) })
		],
		[
			'a registration is cancelled',
			(_, { forum_id, people: [a] }) => a.calls('cancel_registration', { forum_id })
		],
		[
			'a person is suspended',
			async (stage, { people: [a] }) =>
				(await organizer(stage)).calls('suspend_person', { person_id: a.id, reason: 'A reason' })
		],
		['an account is deleted', (_, { people: [a] }) => a.calls('delete_my_account')],
		[
			'a sector changes',
			async (stage, { people: [a] }) =>
				(await organizer(stage)).calls('set_sector', { person_id: a.id, sector: 'government' })
		],
		[
			'a mode changes',
			(_, { forum_id, people: [a] }) => a.calls('change_mode', { forum_id, mode: 'online' })
		]
	])('when %s queues the offer to the next person', (_, act) =>
		scene(async (stage) => {
			const it = await line(stage, 'ABC', { format: 'in_person', closed_to_government: true });
			await act(stage, it);
			expect(
				await stage.sql(`select distinct kind from private.jobs where kind = 'sessions_offer_due'`)
			).toHaveLength(1);
			await due(stage);
			expect(await states(stage)).toMatchObject({ B: 'offered', C: 'waits' });
		})
	);

	test('goes to the next person when an offer is declined or late; a late offer cannot be taken', () =>
		scene(async (stage) => {
			const { session_id, people } = await line(stage, 'ABCD');
			const [a, b, c] = people;
			await a.calls('cancel_signup', { session_id });
			await due(stage);
			await b.calls('leave_session_waitlist', { session_id });
			await due(stage);
			expect(await states(stage)).toEqual({ C: 'offered', D: 'waits' });
			await late(stage);
			// Decided when it is read, without any job.
			await expect(c.calls('sign_up', { session_id })).rejects.toThrow('session_full');
			await due(stage);
			expect(await states(stage)).toEqual({ D: 'offered' });
		}));

	test('lasts a day, and ends an hour before the session', () =>
		scene(async (stage) => {
			const { session_id, people } = await line(stage, 'AB');
			await people[0].calls('cancel_signup', { session_id });
			await due(stage);
			const lasts = (from: string) =>
				stage.sql(
					`select round(extract(epoch from w.offered_until - ${from}) / 60)::integer as minutes
					from public.session_waits w join public.sessions s using (session_id)`
				);
			expect(await lasts('clock_timestamp()')).toEqual([{ minutes: 24 * 60 }]);
			await stage.sql(`update public.session_waits set offered_until = null; `);
			await stage.sql(`update public.sessions set starts_at = $1, ends_at = $2`, [
				inDays(5 * hour),
				inDays(6 * hour)
			]);
			await due(stage);
			expect(await lasts('s.starts_at')).toEqual([{ minutes: -60 }]);
		}));

	test('goes to the first who asks from an hour before the session on', () =>
		scene(async (stage) => {
			const { forum_id, session_id, people } = await line(stage, 'ABC');
			await stage.sql(`update public.sessions set starts_at = $1`, [inDays(hour / 2)]);
			await people[0].calls('cancel_signup', { session_id });
			await due(stage);
			expect(await states(stage)).toEqual({ B: 'waits', C: 'waits' });
			const newcomer = await member(stage, 'D');
			await confirmed(stage, newcomer, forum_id);
			expect(
				await newcomer.reads('sessions', { session_id }, 'public.spots_left(it) as left')
			).toEqual([{ left: 'few' }]);
			await people[2].calls('sign_up', { session_id });
			await expect(newcomer.calls('sign_up', { session_id })).rejects.toThrow('session_full');
			await expect(newcomer.calls('join_session_waitlist', { session_id })).rejects.toThrow(
				'session_waitlist_over'
			);
			expect(await states(stage)).toEqual({ B: 'waits', C: 'taken' });
		}));
});

describe('an offer', () => {
	test('may be swapped for a session at the same time; a refused swap changes nothing', () =>
		scene(async (stage) => {
			const { forum_id, session_id, people } = await line(stage, 'ABC');
			const [a, b, c] = people;
			const other = await breakout(stage, forum_id);
			for (const person of [b, c]) await person.calls('sign_up', { session_id: other });
			await a.calls('cancel_signup', { session_id });
			await due(stage);
			await expect(b.calls('sign_up', { session_id })).rejects.toThrow('signups_do_not_overlap');
			await expect(c.calls('swap_signup', { session_id })).rejects.toThrow('session_full');
			expect(await c.reads('signups', {}, 'session_id')).toEqual([{ session_id: other }]);
			await b.calls('swap_signup', { session_id });
			expect(await b.reads('signups', {}, 'session_id')).toEqual([{ session_id }]);
		}));

	test('ends with the registration, and where the session closes to the person', () =>
		scene(async (stage) => {
			const { forum_id, session_id, people } = await line(stage, 'ABCD', {
				closed_to_government: true
			});
			const [a, b, c] = people;
			await a.calls('cancel_signup', { session_id });
			await due(stage);
			await b.calls('cancel_registration', { forum_id });
			await due(stage);
			expect(await states(stage)).toEqual({ C: 'offered', D: 'waits' });
			const olive = await organizer(stage);
			await olive.calls('set_sector', { person_id: c.id, sector: 'government' });
			await due(stage);
			expect(await states(stage)).toEqual({ D: 'offered' });
			await expect(c.calls('sign_up', { session_id })).rejects.toThrow('closed_to_government');
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

test('whatever people do, spots and offers stay within the capacity and nobody is passed', () =>
	scene(async (stage) => {
		const roll = dice(7);
		const { forum_id } = await forum(stage, { capacity_in_person: 100 });
		const sessions = [
			await breakout(stage, forum_id, { capacity: 1 }),
			await breakout(stage, forum_id, { capacity: 2 }),
			await breakout(stage, forum_id, {
				capacity: 1,
				starts_at: inDays(31),
				ends_at: inDays(31 + hour)
			})
		];
		const people: Persona[] = [];
		for (const name of 'ABCDEF') people.push(await member(stage, name));
		for (const person of people) await confirmed(stage, person, forum_id);
		const verbs = [
			'sign_up',
			'swap_signup',
			'cancel_signup',
			'join_session_waitlist',
			'join_session_waitlist',
			'leave_session_waitlist'
		];
		let offers = 0;
		for (let act = 0; act < 250; act++) {
			const session_id = sessions[roll(sessions.length)]!;
			const person = people[roll(people.length)]!;
			const verb = verbs[roll(verbs.length)]!;
			const [ahead] = await stage.sql<{ n: number }>(
				`select count(*)::integer as n from public.session_waits w where w.session_id = $1 and w.person_id <> $2
					and w.offered_until is null and not exists (
						select from public.session_waits m where m.session_id = $1 and m.person_id = $2
							and (m.offered_until is not null or m.queued_at < w.queued_at))`,
				[session_id, person.id]
			);
			const had = await stage.sql(
				`select from public.signups where session_id = $1 and person_id = $2`,
				[session_id, person.id]
			);
			const done = await person.calls(verb, { session_id }).then(
				() => true,
				() => false
			);
			if (done && had.length === 0 && ['sign_up', 'swap_signup'].includes(verb)) {
				// Those ahead were offered a spot in the same moment, or there was none ahead.
				const [still] = await stage.sql<{ n: number }>(
					`select count(*)::integer as n from public.session_waits where session_id = $1 and offered_until is null`,
					[session_id]
				);
				expect(ahead!.n === 0 || still!.n === 0, `${act} ${verb}`).toBe(true);
			}
			if (roll(12) === 0) await late(stage);
			if (roll(3) === 0) await due(stage);
			const wrong = await stage.sql(
				`select 'too many' as what from public.sessions s where s.capacity < private.session_spots_taken(s)
				union all
				select 'passed' from public.session_waits w join public.session_waits o using (session_id)
				where w.offered_until is null and o.offered_until is not null and w.queued_at < o.queued_at
				union all
				select 'both' from public.signups join public.session_waits using (session_id, person_id)
				union all
				select 'overlap' from public.signups a join public.signups b using (person_id)
				where a.signup_id < b.signup_id and a.during && b.during`
			);
			expect(wrong, `${act} ${verb}`).toEqual([]);
			const [made] = await stage.sql<{ n: number }>(
				`select count(*)::integer as n from public.session_waits where offered_until is not null`
			);
			offers += made!.n;
		}
		expect(offers).toBeGreaterThan(20);
	}));

describe.skipIf(!concurrent)('at the same moment', () => {
	test('an offer and ten newcomers: the person who waited has the spot', () =>
		together(async (stage) => {
			const { forum_id, session_id, people } = await line(stage, 'AB');
			const newcomers: Persona[] = [];
			for (let n = 0; n < 10; n++) {
				const person = await member(stage, `Newcomer ${n}`);
				await confirmed(stage, person, forum_id);
				newcomers.push(person);
			}
			await people[0].calls('cancel_signup', { session_id });
			const tries = await Promise.allSettled(
				[...newcomers, people[1]].map((person) => person.calls('sign_up', { session_id }))
			);
			expect(tries.map(({ status }) => status)).toEqual([
				...newcomers.map(() => 'rejected'),
				'fulfilled'
			]);
		}));

	test('leaving the forum, joining the line and offering do not wait for each other in a circle', () =>
		together(async (stage) => {
			const { forum_id, session_id, people } = await line(stage, 'ABCDEFGH');
			const acts = await Promise.allSettled([
				...people.map((person) => person.calls('cancel_registration', { forum_id })),
				...people.map((person) => person.calls('join_session_waitlist', { session_id })),
				...people.map(() => due(stage))
			]);
			const said = acts.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
			expect(new Set(said)).toEqual(new Set(said.filter((it) => it === 'not_confirmed')));
			expect(await states(stage)).toEqual({});
		}));
});
