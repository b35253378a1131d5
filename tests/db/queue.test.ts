import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confirmed as isConfirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const answers = {
	mode: 'in_person',
	language: 'en',
	province: 'NS',
	sector: 'ngo',
	organization_name: '',
	discreet: false
};

async function register(person: Persona, forum_id: string, about = {}): Promise<string> {
	const [outcome] = await person.calls('register', {
		forum_id,
		name: 'Someone',
		...answers,
		...about
	});
	return outcome.outcome;
}

const accept = (person: Persona, forum_id: string) => person.calls('accept_spot', { forum_id });
const cancel = (person: Persona, forum_id: string) =>
	person.calls('cancel_registration', { forum_id });

/** Registered people in the order in which they came. */
async function line(stage: Scene, forum_id: string, names: string): Promise<Persona[]> {
	const people: Persona[] = [];
	for (const name of names) {
		const person = await stage.person(name);
		await register(person, forum_id, { name });
		people.push(person);
	}
	return people;
}

/** Each registration as its name and status; `offered` while a live offer holds a spot. */
async function statuses({ sql }: Scene): Promise<Record<string, string>> {
	const rows = await sql<{ name: string; status: string }>(
		`select r.name, case when o.offer_id is not null then 'offered' when r.silent_since is not null then 'silent'
			when r.over_capacity then 'over' else r.status::text end as status
		from public.registrations r left join private.offers o
			on o.registration_id = r.registration_id and o.ended_at is null and o.expires_at > clock_timestamp() and not o.last_call`
	);
	return Object.fromEntries(rows.map(({ name, status }) => [name, status]));
}

async function emails({ sql }: Scene, person: Persona): Promise<string[]> {
	const rows = await sql<{ kind: string }>(
		'select kind from private.emails where recipient = $1 order by email_id',
		[person.email]
	);
	return rows.map(({ kind }) => kind);
}

/** Lets the time of all open offers pass. */
const late = ({ sql }: Scene) =>
	sql(
		`update private.offers set expires_at = clock_timestamp() - interval '1 second' where ended_at is null`
	);

const idOf = async (person: Persona) =>
	(
		(await person.reads('registrations', {}, 'registration_id')) as { registration_id: string }[]
	)[0]!.registration_id;

describe('an offer', () => {
	test('holds the spot until its time: newcomers and the next in line wait', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a, b] = (await line(stage, forum_id, 'ABC')) as [Persona, Persona];
			await cancel(a, forum_id);
			expect(await register(await stage.person('D'), forum_id, { name: 'D' })).toBe('waitlisted');
			expect(await statuses(stage)).toEqual({
				A: 'cancelled',
				B: 'offered',
				C: 'waitlisted',
				D: 'waitlisted'
			});
			expect(
				await b.reads(
					'registrations',
					{},
					`(public.offer(it) ->> 'until')::timestamptz > now() as live`
				)
			).toEqual([{ live: true }]);
			expect(await accept(b, forum_id)).toBe('confirmed');
			expect(await accept(b, forum_id)).toBe('confirmed');
			expect((await emails(stage, b)).slice(1)).toEqual(['spot_offered', 'registration_confirmed']);
		}));

	test('that is late goes to the next, and accepting it then costs no place in line', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a, b, c] = (await line(stage, forum_id, 'ABCD')) as [Persona, Persona, Persona];
			await cancel(a, forum_id);
			await late(stage);
			// Decided when it is read, without any job.
			expect(await b.reads('registrations', {}, 'public.offer(it) as until')).toEqual([
				{ until: null }
			]);
			expect(await stage.service.calls('offer_due_spots')).toBe(1);
			expect(await statuses(stage)).toMatchObject({ B: 'silent', C: 'offered', D: 'waitlisted' });
			expect(await emails(stage, b)).toContain('offer_expired');
			expect(await accept(b, forum_id)).toBe('waitlisted');
			expect(await b.reads('registrations', {}, 'public.waitlist_position(it) as place')).toEqual([
				{ place: 1 }
			]);
			await cancel(c, forum_id);
			expect(await statuses(stage)).toMatchObject({ B: 'offered', D: 'waitlisted' });
		}));

	test('that is late is still good when nobody else wants the spot', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a, b] = (await line(stage, forum_id, 'AB')) as [Persona, Persona];
			await cancel(a, forum_id);
			await late(stage);
			await stage.service.calls('offer_due_spots');
			expect(await accept(b, forum_id)).toBe('confirmed');
		}));

	test('of a forum that is cancelled is over without a word, and cannot be accepted', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a, b] = (await line(stage, forum_id, 'ABC')) as [Persona, Persona];
			await cancel(a, forum_id);
			await (await organizer(stage)).calls('cancel_forum', { forum_id });
			await expect(accept(b, forum_id)).rejects.toThrow('forum_cancelled');
			await late(stage);
			await cancel(b, forum_id);
			await stage.service.calls('offer_due_spots');
			expect(await stage.sql('select 1 from private.offers where ended_at is null')).toEqual([]);
			expect(await stage.sql(`select 1 from private.emails where kind = 'offer_expired'`)).toEqual(
				[]
			);
		}));

	test('is nobody else’s to accept', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a, , c] = (await line(stage, forum_id, 'ABC')) as [Persona, Persona, Persona];
			await cancel(a, forum_id);
			expect(await accept(c, forum_id)).toBe('waitlisted');
			await expect(accept(a, forum_id)).rejects.toThrow('no_offer');
			await expect(accept(await member(stage, 'Mira'), forum_id)).rejects.toThrow('not_registered');
			await expect(accept(await stage.person('New'), forum_id)).rejects.toThrow('profile_first');
			await expect(stage.visitor.calls('accept_spot', { forum_id })).rejects.toMatchObject({
				code: '42501'
			});
		}));

	test('lasts as long as the organizer says, and never past noon of the day before', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			await olive.calls('save_registration_rules', { forum_id, approval: 'none', offer_hours: 6 });
			const [a] = (await line(stage, forum_id, 'AB')) as [Persona];
			await cancel(a, forum_id);
			const hours = `select round(extract(epoch from expires_at - made_at) / 3600)::integer as hours from private.offers`;
			expect(await stage.sql(hours)).toEqual([{ hours: 6 }]);
			const soon = await forum(stage, {
				capacity_in_person: 1,
				starts_on: inDays(2).slice(0, 10),
				ends_on: inDays(2).slice(0, 10),
				time_zone: 'UTC'
			});
			const [c] = (await line(stage, soon.forum_id, 'CD')) as [Persona];
			await cancel(c, soon.forum_id);
			expect(
				await stage.sql(
					`select expires_at at time zone 'UTC' = $2::date - interval '12 hours' as noon from private.offers where forum_id = $1`,
					[soon.forum_id, soon.starts_on]
				)
			).toEqual([{ noon: true }]);
		}));
});

describe('a last call', () => {
	const tomorrow = () => ({
		capacity_in_person: 1,
		starts_on: inDays(0.5).slice(0, 10),
		ends_on: inDays(1.5).slice(0, 10),
		time_zone: 'UTC'
	});

	test('goes to all who wait, once; the first who answers has the spot, the others keep their place', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, tomorrow());
			const [a, b, c, d] = (await line(stage, forum_id, 'ABCD')) as [
				Persona,
				Persona,
				Persona,
				Persona
			];
			await cancel(a, forum_id);
			await stage.service.calls('offer_due_spots');
			for (const person of [b, c, d]) {
				expect(await emails(stage, person)).toEqual(['registration_waitlisted', 'last_call']);
			}
			// Who comes now is behind those who wait.
			expect(await register(await stage.person('E'), forum_id, { name: 'E' })).toBe('waitlisted');
			expect(await accept(c, forum_id)).toBe('confirmed');
			expect(await accept(b, forum_id)).toBe('waitlisted');
			expect(await b.reads('registrations', {}, 'public.waitlist_position(it) as place')).toEqual([
				{ place: 1 }
			]);
			await cancel(c, forum_id);
			expect(await accept(d, forum_id)).toBe('confirmed');
		}));
});

describe('each path that frees or adds a spot offers it to the first in line', () => {
	const paths: Record<string, (stage: Scene, has: Persona, forum_id: string) => Promise<unknown>> =
		{
			cancelling: (_, has, forum_id) => cancel(has, forum_id),
			'deleting the account': (_, has) => has.calls('delete_my_account'),
			'an organizer who cancels': async (stage, has, forum_id) =>
				(await organizer(stage)).calls('cancel_registrations', {
					forum_id,
					registration_ids: [await idOf(has)],
					reason: 'Asked by phone'
				}),
			'a suspension': async (stage, has) =>
				(await organizer(stage)).calls('suspend_person', { person_id: has.id, reason: 'Threats' }),
			'taking part in the other way': (_, has, forum_id) =>
				has.calls('change_mode', { forum_id, mode: 'online' }),
			'a higher capacity': async (stage, _, forum_id) => {
				const olive = await organizer(stage);
				const [f] = (await stage.sql('select * from public.forums where forum_id = $1', [
					forum_id
				])) as [Record<string, unknown>];
				const { slug: _slug, ...rest } = f;
				const fields =
					`forum_id version kind name_en name_fr place_en place_fr city format time_zone starts_on ends_on objectives_en
				objectives_fr registration_opens_at registration_closes_at capacity_online`.split(/\s+/);
				await olive.calls('save_forum', {
					...Object.fromEntries(fields.map((name) => [name, rest[name]])),
					capacity_in_person: 2
				});
			},
			'an offer without an answer': async (stage, has, forum_id) => {
				await cancel(has, forum_id);
				await stage.sql(
					`insert into public.registrations (forum_id, person_id, mode, status, name, language, province, sector, queued_at)
				values ($1, $2, 'in_person', 'waitlisted', 'First', 'en', 'NS', 'ngo', now() - interval '9 days')`,
					[forum_id, (await member(stage, 'First')).id]
				);
				await stage.sql(`delete from private.offers`);
				await stage.service.calls('offer_due_spots');
				expect(await statuses(stage)).toMatchObject({ First: 'offered', B: 'waitlisted' });
				await late(stage);
				await stage.service.calls('offer_due_spots');
			},
			'an invitation that is ended': async (stage, has, forum_id) => {
				const olive = await organizer(stage);
				await stage.sql(
					`update public.registrations set status = 'cancelled', confirmed_at = null where person_id = $1`,
					[has.id]
				);
				await stage.sql(
					`insert into private.invitations (forum_id, email, mode, holds_spot, expires_at)
				values ($1, 'guest@example.org', 'in_person', true, now() + interval '1 day')`,
					[forum_id]
				);
				await stage.service.calls('offer_due_spots');
				expect(await statuses(stage)).toMatchObject({ B: 'waitlisted' });
				const [{ invitation_id }] = (await stage.sql(
					'select invitation_id from private.invitations'
				)) as [{ invitation_id: string }];
				await olive.calls('revoke_invitation', { invitation_id });
			}
		};

	test.each(Object.entries(paths))('%s', (_, path) =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a] = (await line(stage, forum_id, 'ABC')) as [Persona];
			await path(stage, a, forum_id);
			expect(await statuses(stage)).toMatchObject({ B: 'offered', C: 'waitlisted' });
		})
	);
});

describe('handing a spot over', () => {
	test('gives it to the owner of the address, past nobody, with their own answers', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, {
				capacity_in_person: 1,
				registration_closes_at: inDays(-1)
			});
			const a = await member(stage, 'A');
			await isConfirmed(stage, a, forum_id, { name: 'A' });
			await isConfirmed(stage, await member(stage, 'B'), forum_id, {
				name: 'B',
				status: 'waitlisted',
				confirmed_at: null
			});
			const colleague = await stage.person('Colleague');
			await a.calls('hand_over', { forum_id, email: ` ${colleague.email.toUpperCase()} ` });
			expect(await a.reads('registrations', {}, 'status, public.handed_to(it) as email')).toEqual([
				{ status: 'confirmed', email: colleague.email }
			]);
			expect(await emails(stage, colleague)).toEqual(['hand_over']);
			const invitations = async () =>
				(
					await stage.sql<{ tasks: { invitations: object[] } }>(
						'select private.registrations_tasks($1) as tasks',
						[colleague.id]
					)
				)[0]!.tasks.invitations;
			expect(await invitations()).toMatchObject([{ spot: true, name_en: 'Forum' }]);
			expect(await register(colleague, forum_id, { name: 'Colleague' })).toBe('confirmed');
			expect(await statuses(stage)).toEqual({
				A: 'cancelled',
				B: 'waitlisted',
				Colleague: 'confirmed'
			});
			expect(await invitations()).toEqual([]);
			expect(await emails(stage, a)).toEqual(['handed_over']);
		}));

	test('is single, is bound to the address, and ends when it is taken back or the spot is given up', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a] = (await line(stage, forum_id, 'A')) as [Persona];
			const [one, two, thief] = [
				await stage.person('One'),
				await stage.person('Two'),
				await stage.person('Thief')
			];
			await a.calls('hand_over', { forum_id, email: one.email });
			await a.calls('hand_over', { forum_id, email: two.email });
			for (const person of [thief, one]) {
				expect(await register(person, forum_id)).toBe('waitlisted');
				await cancel(person, forum_id);
			}
			await a.calls('end_hand_over', { forum_id });
			expect(await register(two, forum_id)).toBe('waitlisted');
			await expect(a.calls('hand_over', { forum_id, email: a.email })).rejects.toThrow(
				'hand_over_to_oneself'
			);
			await a.calls('hand_over', { forum_id, email: thief.email });
			await expect(
				a.calls('hand_over', { forum_id, email: 'fourth@example.org' })
			).rejects.toMatchObject({ message: 'too_many_hand_overs', code: 'PT429' });
			await cancel(a, forum_id);
			expect(await register(thief, forum_id)).toBe('waitlisted');
			await expect(two.calls('hand_over', { forum_id, email: one.email })).rejects.toThrow(
				'registration_not_confirmed'
			);
		}));

	test('an invitation is deleted 30 days after its end, and says nothing of who made it', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const [a] = (await line(stage, forum_id, 'A')) as [Persona];
			const guest = await stage.person('Guest');
			await a.calls('hand_over', { forum_id, email: guest.email });
			const data = JSON.stringify(await guest.calls('export_my_data'));
			expect(data).toContain('invitations');
			expect(data).not.toContain(a.id);
			const retention = 'select private.registrations_retention()';
			await stage.sql(`update private.invitations set expires_at = now() - interval '29 days'`);
			await stage.sql(retention);
			expect(await stage.sql('select 1 from private.invitations')).toHaveLength(1);
			await stage.sql(`update private.invitations set expires_at = now() - interval '31 days'`);
			await stage.sql(retention);
			expect(await stage.sql('select 1 from private.invitations')).toEqual([]);
		}));

	test('an address that is none is refused, and nothing changes', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const [a] = (await line(stage, forum_id, 'A')) as [Persona];
			for (const email of ['', 'nobody', 'a b@example.org', `${'a'.repeat(250)}@example.org`]) {
				await expect(a.calls('hand_over', { forum_id, email })).rejects.toThrow(
					'emails_recipient_shape'
				);
			}
			expect(await stage.sql('select 1 from private.invitations')).toEqual([]);
		}));
});

describe('taking part in the other way', () => {
	test('is refused without a free spot there, and the spot stays', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 2, capacity_online: 1 });
			const [a, b] = (await line(stage, forum_id, 'AB')) as [Persona, Persona];
			await a.calls('change_mode', { forum_id, mode: 'online' });
			await expect(b.calls('change_mode', { forum_id, mode: 'online' })).rejects.toThrow(
				'mode_full'
			);
			expect(await statuses(stage)).toEqual({ A: 'confirmed', B: 'confirmed' });
			expect(await b.reads('registrations', {}, 'mode')).toEqual([{ mode: 'in_person' }]);
		}));
});

// Registrations, offers, organizers and time in any order.
describe('any acts in any order', () => {
	const acts = [
		'register',
		'cancel',
		'accept',
		'late',
		'online',
		'approve',
		'over',
		'refuse',
		'more',
		'wake',
		'move',
		'release'
	] as const;

	test('keep spots within the capacity, what is reserved, the order of the line, and one registration a person', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.constantFrom(...acts), fc.nat(7)), { minLength: 40, maxLength: 60 }),
				fc.boolean(),
				(steps, approved) =>
					scene(async (stage) => {
						const olive = await organizer(stage);
						const { forum_id } = await forum(stage, { capacity_in_person: 2, capacity_online: 1 });
						if (approved) {
							await olive.calls('save_registration_rules', {
								forum_id,
								approval: 'all',
								offer_hours: 48
							});
						}
						await olive.calls('add_reserve', {
							forum_id,
							mode: 'in_person',
							spots: 1,
							provinces: ['QC'],
							sectors: [],
							releases_on: inDays(20).slice(0, 10)
						});
						const { reserves } = await olive.calls('registration_settings', { forum_id });
						const [{ reserve_id }] = reserves;
						const people: Persona[] = [];
						for (let n = 0; n < 8; n++) people.push(await stage.person(`P${n}`));
						let moved = false;
						for (const [act, n] of steps) {
							const person = people[n]!;
							const ids = (await person.reads('registrations', {}, 'registration_id')) as {
								registration_id: string;
							}[];
							const several = {
								forum_id,
								registration_ids: ids.map(({ registration_id }) => registration_id),
								reason: 'As decided'
							};
							const doing: Record<(typeof acts)[number], () => Promise<unknown>> = {
								register: () =>
									register(person, forum_id, { name: `P${n}`, province: n % 3 ? 'NS' : 'QC' }),
								cancel: () => cancel(person, forum_id),
								accept: () => accept(person, forum_id),
								late: () => late(stage),
								online: () =>
									person.calls('change_mode', { forum_id, mode: n % 2 ? 'online' : 'in_person' }),
								approve: () =>
									olive.calls('approve_registrations', { ...several, over_capacity: false }),
								over: () =>
									olive.calls('approve_registrations', { ...several, over_capacity: true }),
								refuse: () => olive.calls('refuse_registrations', several),
								more: () =>
									stage.sql(
										'update public.forums set capacity_in_person = capacity_in_person + 1 where forum_id = $1',
										[forum_id]
									),
								wake: () => stage.service.calls('offer_due_spots'),
								move: () =>
									person.calls('edit_registration', {
										forum_id,
										name: `P${n}`,
										badge_name: '',
										language: 'en',
										province: n % 2 ? 'NS' : 'QC',
										organization_name: ''
									}),
								// Rarely: the reserve is what the other acts meet.
								release: () =>
									n === 0 ? olive.calls('release_reserve', { reserve_id }) : Promise.resolve()
							};
							moved ||= act === 'move';
							await doing[act]().catch((said: { code?: string }) => {
								if (!said.code?.startsWith('PT4')) throw said;
							});
							const [facts] = (await stage.sql(
								`select f.capacity_in_person >= private.spots_taken(f.forum_id, 'in_person')
									and f.capacity_online >= private.spots_taken(f.forum_id, 'online') as within,
									-- Only who gives up the reserved spot by moving, or an organizer, takes what is reserved.
									$2 or f.capacity_in_person >= private.spots_taken(f.forum_id, 'in_person')
										+ private.reserved_for_others(f, 'in_person', null, null) as reserved,
									not exists (
										select from public.registrations r join private.offers o using (registration_id)
										where o.ended_at is null and r.status <> 'waitlisted') as offered_wait,
									-- No offer is open while somebody who came earlier, and whom it fits, waits without one.
									$2 or not exists (
										select from public.registrations w join private.offers o using (registration_id)
										join public.registrations e on e.forum_id = w.forum_id and e.mode = w.mode
											and (e.province = w.province or e.province = 'QC')
											and e.status = 'waitlisted' and e.silent_since is null
											and (e.queued_at, e.registration_id) < (w.queued_at, w.registration_id)
										where o.ended_at is null and o.expires_at > clock_timestamp()
											and not exists (select from private.offers x where x.registration_id = e.registration_id)) as in_order
								from public.forums f where f.forum_id = $1`,
								[forum_id, moved]
							)) as [Record<string, boolean>];
							expect({ act, n, ...facts }).toEqual({
								act,
								n,
								within: true,
								reserved: true,
								offered_wait: true,
								in_order: true
							});
						}
					})
			),
			{ numRuns: 6 }
		);
	}, 120_000);
});

describe.skipIf(!concurrent)('at the same moment', () => {
	test('twenty people on a last call: one has the spot', () =>
		together(async (stage) => {
			const { forum_id } = await forum(stage, {
				capacity_in_person: 1,
				starts_on: inDays(0.5).slice(0, 10),
				ends_on: inDays(1.5).slice(0, 10),
				time_zone: 'UTC'
			});
			const people: Persona[] = [];
			for (let n = 0; n < 21; n++) people.push(await stage.person(`Person ${n}`));
			for (const person of people) await register(person, forum_id);
			await cancel(people[0]!, forum_id);
			const outcomes = await Promise.all(people.slice(1).map((person) => accept(person, forum_id)));
			expect(outcomes.filter((outcome) => outcome === 'confirmed')).toHaveLength(1);
			expect(outcomes.filter((outcome) => outcome === 'waitlisted')).toHaveLength(19);
		}));

	test('an offer accepted while it is late and offered to the next: one of the two has the spot', () =>
		together(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a, b, c] = (await line(stage, forum_id, 'ABC')) as [Persona, Persona, Persona];
			await cancel(a, forum_id);
			await late(stage);
			await Promise.all([
				accept(b, forum_id),
				stage.service.calls('offer_due_spots'),
				accept(c, forum_id)
			]);
			const now = Object.values(await statuses(stage));
			expect(now.filter((status) => status === 'confirmed' || status === 'offered')).toHaveLength(
				1
			);
		}));
});
