import { describe, expect, test } from 'vitest';
import { choiceOf } from '../../src/lib/sessions/rules';
import { breakout, confirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Caller, type Persona, type Scene } from './scene';

const hour = 1 / 24;

type Choice = { id: string; starts_at: string; ends_at: string; sign_up: boolean };

/** A forum, someone with a place at it, and two breakouts at the same time. */
async function clash(stage: Scene, about: { sector?: string } = {}) {
	const { forum_id } = await forum(stage);
	const amira = await member(stage, 'Amira', about);
	await confirmed(stage, amira, forum_id);
	const first = await breakout(stage, forum_id);
	const second = await breakout(stage, forum_id, {
		starts_at: inDays(30 + hour / 2),
		ends_at: inDays(30 + 2 * hour)
	});
	return { forum_id, amira, first, second };
}

async function another(stage: Scene, forum_id: string, name = 'Another'): Promise<Persona> {
	const person = await member(stage, name);
	await confirmed(stage, person, forum_id);
	return person;
}

async function signupsOf(person: Persona): Promise<string[]> {
	const signups = await person.reads<{ session_id: string }>('signups', { person_id: person.id });
	return signups.map(({ session_id }) => session_id);
}

describe('taking a signup', () => {
	test('twice is once', () =>
		scene(async (stage) => {
			const { amira, first } = await clash(stage);
			await amira.calls('sign_up', { session_id: first });
			await amira.calls('sign_up', { session_id: first });
			expect(await signupsOf(amira)).toEqual([first]);
		}));

	test('at the same time as another is refused by the table itself', () =>
		scene(async (stage) => {
			const { amira, first, second } = await clash(stage);
			await amira.calls('sign_up', { session_id: first });
			await expect(amira.calls('sign_up', { session_id: second })).rejects.toMatchObject({
				code: '23P01',
				constraint: 'signups_do_not_overlap'
			});
			expect(await signupsOf(amira)).toEqual([first]);
		}));

	test('is refused exactly where the program says to choose one', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const hours = { long: [9, 12], early: [9, 10], late: [11, 12] } as const;
			const at = (n: number) => inDays(30 + n * hour);
			const sessions: Choice[] = [];
			for (const [from, until] of Object.values(hours)) {
				const when = { starts_at: at(from), ends_at: at(until) };
				sessions.push({ ...when, sign_up: true, id: await breakout(stage, forum_id, when) });
			}
			const [long, early, late] = sessions as [Choice, Choice, Choice];
			for (const [n, group] of [[long, early], [long, late], [early, late], sessions].entries()) {
				const person = await another(stage, forum_id, `Somebody ${n}`);
				let taken = 0;
				// The last ones first: the long session would keep out both others.
				for (const { id } of group.toReversed()) {
					taken += await person.calls('sign_up', { session_id: id }).then(
						() => 1,
						() => 0
					);
				}
				expect(taken > 1).toBe(choiceOf(group) !== 'one');
			}
		}));

	test('end to start is fine', () =>
		scene(async (stage) => {
			const { forum_id, amira } = await clash(stage);
			const noon = inDays(30.5);
			const early = await breakout(stage, forum_id, { starts_at: inDays(30.4), ends_at: noon });
			const late = await breakout(stage, forum_id, { starts_at: noon, ends_at: inDays(30.6) });
			await amira.calls('sign_up', { session_id: early });
			await amira.calls('sign_up', { session_id: late });
			expect(await signupsOf(amira)).toHaveLength(2);
		}));

	test('that is not there any more is refused', () =>
		scene(async (stage) => {
			const { forum_id, amira } = await clash(stage);
			const small = await breakout(stage, forum_id, { capacity: 1 });
			const other = await another(stage, forum_id);
			await other.calls('sign_up', { session_id: small });
			await expect(amira.calls('sign_up', { session_id: small })).rejects.toMatchObject({
				message: 'session_full',
				code: 'PT409'
			});
			await other.calls('cancel_signup', { session_id: small });
			await amira.calls('sign_up', { session_id: small });
			expect(await signupsOf(amira)).toEqual([small]);
		}));

	test.each([
		['has begun', { starts_at: inDays(-hour) }, 'session_started'],
		['needs no sign-up', { sign_up: false }, 'session_without_sign_up']
	])('of a session that %s is refused', (_, about, key) =>
		scene(async (stage) => {
			const { forum_id, amira } = await clash(stage);
			const session_id = await breakout(stage, forum_id, about);
			for (const verb of ['sign_up', 'swap_signup']) {
				await expect(amira.calls(verb, { session_id })).rejects.toThrow(key);
			}
		})
	);

	test('asks for a confirmed place at that very forum', () =>
		scene(async (stage) => {
			const { first } = await clash(stage);
			const elsewhere = await forum(stage);
			const mira = await another(stage, elsewhere.forum_id, 'Mira');
			const olive = await organizer(stage);
			const stranger = await stage.person('Stranger');
			const gone = await member(stage, 'Gone', { suspended: true });
			for (const verb of ['sign_up', 'swap_signup']) {
				const call = (person: Persona) => person.calls(verb, { session_id: first });
				await expect(call(mira)).rejects.toThrow('not_confirmed');
				await expect(call(olive)).rejects.toThrow('not_confirmed');
				await expect(call(stranger)).rejects.toThrow('profile_first');
				await expect(call(gone)).rejects.toThrow('account_suspended');
				await expect(stage.visitor.calls(verb, { session_id: first })).rejects.toMatchObject({
					code: '42501'
				});
			}
		}));

	test.each(['waitlisted', 'cancelled'])('is not for someone %s', (status) =>
		scene(async (stage) => {
			const { forum_id, first } = await clash(stage);
			const mira = await member(stage, 'Mira');
			await confirmed(stage, mira, forum_id, { status, confirmed_at: null });
			await expect(mira.calls('sign_up', { session_id: first })).rejects.toThrow('not_confirmed');
		})
	);

	test('of a draft and of nothing are refused alike', () =>
		scene(async (stage) => {
			const { amira } = await clash(stage);
			const hidden = await forum(stage, { published_at: null });
			const session_id = await breakout(stage, hidden.forum_id);
			for (const id of [session_id, crypto.randomUUID()]) {
				await expect(amira.calls('sign_up', { session_id: id })).rejects.toMatchObject({
					message: 'session_not_found',
					code: 'PT404'
				});
			}
		}));

	test.each(['government', 'law_enforcement'])('of a session for NGOs is not for %s', (sector) =>
		scene(async (stage) => {
			const { forum_id, amira } = await clash(stage, { sector });
			const closed = await breakout(stage, forum_id, { closed_to_government: true });
			for (const verb of ['sign_up', 'swap_signup']) {
				await expect(amira.calls(verb, { session_id: closed })).rejects.toMatchObject({
					message: 'closed_to_government',
					code: 'PT403'
				});
			}
			const ngo = await another(stage, forum_id);
			await ngo.calls('sign_up', { session_id: closed });
			expect(await signupsOf(ngo)).toEqual([closed]);
		})
	);
});

describe('how one takes part', () => {
	const refusals = { in_person: 'session_in_person', online: 'session_online' } as const;

	test.each([
		['online', 'in_person'],
		['in_person', 'online']
	] as const)('somebody registered %s gets no signup that is %s only', (mode, format) =>
		scene(async (stage) => {
			const { forum_id, amira, first } = await clash(stage);
			await stage.sql('update public.registrations set mode = $1 where person_id = $2', [
				mode,
				amira.id
			]);
			const only = await breakout(stage, forum_id, { format });
			await amira.calls('sign_up', { session_id: first });
			for (const verb of ['sign_up', 'swap_signup']) {
				await expect(amira.calls(verb, { session_id: only })).rejects.toMatchObject({
					message: refusals[format],
					code: 'PT422'
				});
			}
			expect(await signupsOf(amira)).toEqual([first]);
			await amira.calls('cancel_signup', { session_id: first });
			for (const format of ['hybrid', mode, null]) {
				const session_id = await breakout(stage, forum_id, { format });
				await amira.calls('swap_signup', { session_id });
				expect(await signupsOf(amira)).toEqual([session_id]);
			}
		})
	);

	test('signups that no longer fit go with the way of taking part, and no others', () =>
		scene(async (stage) => {
			const { forum_id, amira, first } = await clash(stage);
			const neighbour = await another(stage, forum_id);
			const later = { starts_at: inDays(31), ends_at: inDays(31 + hour) };
			const room = await breakout(stage, forum_id, { format: 'in_person', ...later });
			for (const person of [amira, neighbour]) await person.calls('sign_up', { session_id: room });
			await amira.calls('sign_up', { session_id: first });
			await stage.sql(`update public.registrations set mode = 'online' where person_id = $1`, [
				amira.id
			]);
			expect(await signupsOf(amira)).toEqual([first]);
			expect(await signupsOf(neighbour)).toEqual([room]);
		}));
});

describe('swapping', () => {
	test('takes the new signup and lets go of the one at the same time, and of no other', () =>
		scene(async (stage) => {
			const { forum_id, amira, first, second } = await clash(stage);
			const later = await breakout(stage, forum_id, {
				starts_at: inDays(31),
				ends_at: inDays(31 + hour)
			});
			await amira.calls('sign_up', { session_id: first });
			await amira.calls('sign_up', { session_id: later });
			await amira.calls('swap_signup', { session_id: second });
			expect((await signupsOf(amira)).sort()).toEqual([second, later].sort());
			const changes = await stage.sql(
				`select kind, subject_id from private.events where kind like 'signup%' order by event_id`
			);
			expect(changes.slice(2)).toEqual([
				{ kind: 'signup_cancelled', subject_id: first },
				{ kind: 'signup_added', subject_id: second }
			]);
		}));

	test.each([
		['full', { capacity: 1 }, 'session_full'],
		['closed to government and police', { closed_to_government: true }, 'closed_to_government']
	])('to a session that is %s keeps the old signup', (_, about, key) =>
		scene(async (stage) => {
			const { forum_id, amira, first } = await clash(stage, { sector: 'government' });
			const wanted = await breakout(stage, forum_id, about);
			const other = await another(stage, forum_id);
			await other.calls('sign_up', { session_id: wanted });
			await amira.calls('sign_up', { session_id: first });
			await expect(amira.calls('swap_signup', { session_id: wanted })).rejects.toThrow(key);
			expect(await signupsOf(amira)).toEqual([first]);
		})
	);

	test('to where one sits already changes nothing', () =>
		scene(async (stage) => {
			const { amira, first } = await clash(stage);
			await amira.calls('sign_up', { session_id: first });
			await amira.calls('swap_signup', { session_id: first });
			expect(await signupsOf(amira)).toEqual([first]);
		}));
});

test('somebody whom an organizer moves into government loses the signups in closed sessions, and no others', () =>
	scene(async (stage) => {
		const { forum_id, amira, first } = await clash(stage);
		const later = { starts_at: inDays(31), ends_at: inDays(31 + hour) };
		const closed = await breakout(stage, forum_id, { closed_to_government: true, ...later });
		for (const session_id of [first, closed]) await amira.calls('sign_up', { session_id });
		const olive = await organizer(stage);
		await olive.calls('set_sector', { person_id: amira.id, sector: 'government' });
		expect(await signupsOf(amira)).toEqual([first]);
		expect(await amira.reads('registrations', {}, 'sector')).toEqual([{ sector: 'government' }]);
	}));

test('someone who takes back their sector loses the signups in closed sessions, and no others', () =>
	scene(async (stage) => {
		const { forum_id, amira, first } = await clash(stage);
		const later = { starts_at: inDays(31), ends_at: inDays(31 + hour) };
		const closed = await breakout(stage, forum_id, { closed_to_government: true, ...later });
		for (const session_id of [first, closed]) await amira.calls('sign_up', { session_id });
		await stage.sql('update public.people set sector = null where person_id = $1', [amira.id]);
		expect(await signupsOf(amira)).toEqual([first]);
	}));

test('letting go concerns one\u2019s own signup', () =>
	scene(async (stage) => {
		const { forum_id, amira, first } = await clash(stage);
		await amira.calls('sign_up', { session_id: first });
		const other = await another(stage, forum_id);
		await other.calls('cancel_signup', { session_id: first });
		expect(await signupsOf(amira)).toEqual([first]);
		await amira.calls('cancel_signup', { session_id: first });
		await amira.calls('cancel_signup', { session_id: first });
		expect(await signupsOf(amira)).toEqual([]);
	}));

test('nobody but oneself and organizers reads who sits where', () =>
	scene(async (stage) => {
		const { forum_id, amira, first } = await clash(stage);
		await amira.calls('sign_up', { session_id: first });
		const neighbour = await another(stage, forum_id);
		await neighbour.calls('sign_up', { session_id: first });
		const officer = await member(stage, 'Officer', { sector: 'law_enforcement' });
		expect(await neighbour.reads('signups')).toHaveLength(1);
		expect(await officer.reads('signups')).toEqual([]);
		expect(await (await organizer(stage)).reads('signups')).toHaveLength(2);
		await expect(stage.visitor.reads('signups')).rejects.toMatchObject({ code: '42501' });
	}));

test('how full a session is, confirmed participants read in words; where no sign-up is needed, nothing', () =>
	scene(async (stage) => {
		const { forum_id, amira } = await clash(stage);
		const small = await breakout(stage, forum_id, { capacity: 1, title_en: 'Small' });
		const plenary = await breakout(stage, forum_id, { sign_up: false });
		const neighbour = await another(stage, forum_id);
		const left = async (caller: Caller, session_id: string) =>
			(await caller.reads('sessions', { session_id }, 'public.spots_left(it) as left'))[0]!.left;
		expect(await left(neighbour, small)).toBe('few');
		await amira.calls('sign_up', { session_id: small });
		expect(await left(neighbour, small)).toBe('full');
		expect(await left(neighbour, plenary)).toBeNull();
		for (const caller of [stage.visitor, await member(stage, 'Stranger'), await organizer(stage)]) {
			expect(await left(caller, small)).toBeNull();
		}
	}));

describe.skipIf(!concurrent)('at the same moment', () => {
	test('ten people on the last signup: one sits', () =>
		together(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 100 });
			const session_id = await breakout(stage, forum_id, { capacity: 1 });
			const people: Persona[] = [];
			for (let n = 0; n < 10; n++) people.push(await another(stage, forum_id, `Person ${n}`));
			const tries = await Promise.allSettled(
				people.map((person) => person.calls('sign_up', { session_id }))
			);
			expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
			const said = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
			expect(new Set(said)).toEqual(new Set(['session_full']));
		}));

	test('two sessions in two windows: one signup', () =>
		together(async (stage) => {
			const { amira, first, second } = await clash(stage);
			const tries = await Promise.allSettled(
				[first, second].map((session_id) => amira.calls('sign_up', { session_id }))
			);
			expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
			expect(await signupsOf(amira)).toHaveLength(1);
		}));

	test('two people swap into each other\u2019s last signups: nobody ends up without', () =>
		together(async (stage) => {
			const { forum_id } = await forum(stage);
			const one = await breakout(stage, forum_id, { capacity: 1 });
			const two = await breakout(stage, forum_id, { capacity: 1 });
			const a = await another(stage, forum_id, 'A');
			const b = await another(stage, forum_id, 'B');
			await a.calls('sign_up', { session_id: one });
			await b.calls('sign_up', { session_id: two });
			await Promise.allSettled([
				a.calls('swap_signup', { session_id: two }),
				b.calls('swap_signup', { session_id: one })
			]);
			expect([...(await signupsOf(a)), ...(await signupsOf(b))]).toHaveLength(2);
		}));

	test('cancelling a registration while signing up leaves no signup', () =>
		together(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 100 });
			const session_id = await breakout(stage, forum_id, { capacity: 100 });
			const people: Persona[] = [];
			for (let n = 0; n < 20; n++) people.push(await another(stage, forum_id, `Person ${n}`));
			const taken = Promise.allSettled(
				people.map((person) => person.calls('sign_up', { session_id }))
			);
			// A cancellation is never refused, not even by a deadlock.
			await Promise.all(people.map((person) => person.calls('cancel_registration', { forum_id })));
			await taken;
			expect(await stage.sql('select person_id from public.signups')).toEqual([]);
		}));
});
