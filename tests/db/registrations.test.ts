import { describe, expect, test } from 'vitest';
import { breakout, confirmed as isConfirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const answers = {
	mode: 'in_person',
	name: 'Amira',
	language: 'fr',
	province: 'QC',
	sector: 'ngo',
	organization_name: '',
	discreet: false
};

const longAgo = inDays(-2).slice(0, 10);

type Outcome = { outcome: string; waitlist_position: number | null };

async function register(person: Persona, forum_id: string, about = {}): Promise<Outcome> {
	const [outcome] = await person.calls('register', { forum_id, ...answers, ...about });
	return outcome;
}

async function emails({ sql }: Scene, person: Persona): Promise<string[]> {
	const rows = await sql<{ kind: string }>(
		'select kind from private.emails where recipient = $1 order by written_at',
		[person.email]
	);
	return rows.map(({ kind }) => kind);
}

/** How many people are registered or wait, and how many spots they have or are offered. */
async function taken({ sql }: Scene): Promise<unknown> {
	const [row] = await sql(
		`select count(*)::integer as people,
			(count(*) filter (where status = 'confirmed') + count(o.offer_id))::integer as spots
		from public.registrations r left join private.offers o on o.registration_id = r.registration_id and o.ended_at is null
		where status <> 'cancelled'`
	);
	return row;
}

const confirmed: Outcome = { outcome: 'confirmed', waitlist_position: null };

describe('registering', () => {
	test('makes the profile, the registration and one email', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const amira = await stage.person('Amira');
			expect(await register(amira, forum_id)).toEqual(confirmed);
			expect((await amira.calls('who')).person).toMatchObject({
				name: 'Amira',
				language: 'fr',
				province: 'QC',
				sector: 'ngo'
			});
			expect(await amira.reads('registrations', {}, 'status, organization_name')).toEqual([
				{ status: 'confirmed', organization_name: null }
			]);
			expect(await emails(stage, amira)).toEqual(['registration_confirmed']);
		}));

	test('somebody who asks for neutral subjects has one on the very first email', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const amira = await stage.person('Amira');
			await register(amira, forum_id, { discreet: true });
			const waiting = 'select kind, discreet from private.emails where recipient = $1';
			expect(await stage.sql(waiting, [amira.email])).toEqual([
				{ kind: 'registration_confirmed', discreet: true }
			]);
			expect((await amira.calls('who')).person).toMatchObject({ discreet: true });
			await amira.calls('cancel_registration', { forum_id });
			await register(amira, forum_id);
			expect((await amira.calls('who')).person).toMatchObject({ discreet: false });
		}));

	test('twice is once: one registration, one email, and the first answers stay', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const amira = await stage.person('Amira');
			await register(amira, forum_id);
			expect(await register(amira, forum_id, { mode: 'online' })).toEqual({
				outcome: 'already',
				waitlist_position: null
			});
			expect(await amira.reads('registrations', {}, 'mode')).toEqual([{ mode: 'in_person' }]);
			expect(await emails(stage, amira)).toEqual(['registration_confirmed']);
		}));

	test('beyond the last place one waits in line, one line for each way of taking part', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const people = await Promise.all(['A', 'B', 'C'].map((name) => stage.person(name)));
			const [a, b, c] = people as [Persona, Persona, Persona];
			expect(await register(a, forum_id)).toEqual(confirmed);
			expect(await register(b, forum_id)).toEqual({ outcome: 'waitlisted', waitlist_position: 1 });
			expect(await register(c, forum_id)).toEqual({ outcome: 'waitlisted', waitlist_position: 2 });
			expect(await register(c, forum_id)).toEqual({ outcome: 'already', waitlist_position: 2 });
			expect(await emails(stage, c)).toEqual(['registration_waitlisted']);
			const online = await stage.person('D');
			expect(await register(online, forum_id, { mode: 'online' })).toEqual(confirmed);
		}));

	test('with spots that were added, those who wait come first, then the newcomer', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const [a, b, c] = [await stage.person('A'), await stage.person('B'), await stage.person('C')];
			for (const person of [a, b, c]) await register(person, forum_id);
			await stage.sql('update public.forums set capacity_in_person = 2 where forum_id = $1', [
				forum_id
			]);
			const newcomer = await stage.person('D');
			expect(await register(newcomer, forum_id)).toEqual({
				outcome: 'waitlisted',
				waitlist_position: 3
			});
			expect(await emails(stage, b)).toEqual(['registration_waitlisted', 'spot_offered']);
			expect(await emails(stage, c)).toEqual(['registration_waitlisted']);
			await stage.sql('update public.forums set capacity_in_person = 5 where forum_id = $1', [
				forum_id
			]);
			expect(await register(await stage.person('E'), forum_id)).toEqual(confirmed);
			expect(await emails(stage, newcomer)).toEqual(['registration_waitlisted', 'spot_offered']);
		}));

	test('before it opens and after it closes is refused with the moment and the zone', () =>
		scene(async (stage) => {
			const amira = await stage.person('Amira');
			const early = await forum(stage, { registration_opens_at: inDays(1) });
			const late = await forum(stage, { registration_closes_at: inDays(-1) });
			const never = await forum(stage, { registration_opens_at: null });
			const refusal = await register(amira, early.forum_id).catch((said) => said);
			expect(refusal).toMatchObject({ message: 'registration_not_open', code: 'PT409' });
			expect(JSON.parse(refusal.detail)).toMatchObject({ zone: 'America/Winnipeg' });
			expect(Date.parse(JSON.parse(refusal.detail).at)).toBeGreaterThan(Date.now());
			await expect(register(amira, late.forum_id)).rejects.toMatchObject({
				message: 'registration_closed',
				code: 'PT409'
			});
			await expect(register(amira, never.forum_id)).rejects.toThrow('registration_not_open');
			expect((await amira.calls('who')).person).toBeNull();
		}));

	test('one second decides', () =>
		scene(async (stage) => {
			const amira = await stage.person('Amira');
			const [{ at }] = (await stage.sql<{ at: string }>('select now()::text as at')) as [
				{ at: string }
			];
			const closing = await forum(stage, { registration_closes_at: at });
			await expect(register(amira, closing.forum_id)).rejects.toThrow('registration_closed');
			const opening = await forum(stage, { registration_opens_at: at });
			expect(await register(amira, opening.forum_id)).toEqual(confirmed);
		}));

	test.each([
		['a cancelled forum', { cancelled_at: inDays(-1) }, {}, 'forum_cancelled'],
		['a draft', { published_at: null }, {}, 'forum_not_found'],
		[
			'a way that is not offered',
			{ capacity_online: null },
			{ mode: 'online' },
			'mode_not_offered'
		],
		['a way without any place', { capacity_online: 0 }, { mode: 'online' }, 'mode_not_offered'],
		['no province', {}, { province: null }, 'registration_incomplete'],
		['no sector', {}, { sector: null }, 'registration_incomplete'],
		['a name of spaces', {}, { name: '   ' }, 'people_name_length'],
		['a name without end', {}, { name: 'a'.repeat(81) }, 'people_name_length'],
		[
			'a huge organization',
			{},
			{ organization_name: 'a'.repeat(100_000) },
			'people_organization_name_length'
		],
		['a sector of its own', {}, { sector: 'wizards' }, 'sector_not_offered'],
		[
			'a sentence of SQL',
			{},
			{ province: `QC'; drop table public.forums; --` },
			'invalid input value'
		]
	])('%s is refused', (_, about, given, key) =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, about);
			const amira = await stage.person('Amira');
			await expect(register(amira, forum_id, given)).rejects.toThrow(key);
			expect(await stage.sql('select 1 from public.registrations')).toEqual([]);
			expect(await emails(stage, amira)).toEqual([]);
		})
	);

	test('is closed to visitors and to the suspended', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const gone = await member(stage, 'Gone', { suspended: true });
			await expect(register(gone, forum_id)).rejects.toThrow('account_suspended');
			await expect(stage.visitor.calls('register', { forum_id, ...answers })).rejects.toMatchObject(
				{ code: '42501' }
			);
		}));

	test.each(['government', 'law_enforcement'])('%s stays what it is', (sector) =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const other = await forum(stage);
			const officer = await member(stage, 'Officer', { sector });
			await expect(register(officer, forum_id)).rejects.toMatchObject({
				message: 'sector_needs_organizer',
				code: 'PT403'
			});
			expect(await register(officer, other.forum_id, { sector })).toEqual(confirmed);
			expect((await officer.calls('who')).person).toMatchObject({ sector });
			// Nor is a second forum, or coming back with a new account, a way out.
			await officer.calls('cancel_registration', { forum_id: other.forum_id });
			await expect(register(officer, other.forum_id)).rejects.toThrow('sector_needs_organizer');
			await officer.calls('delete_my_account');
			const back = await stage.person('Officer', { email: officer.email });
			await expect(register(back, forum_id)).rejects.toThrow('sector_needs_organizer');
		})
	);

	test('keeps no mark that turns a name around or hides in it', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const amira = await stage.person('Amira');
			const name = ' Ami\u202era\u0007\u200b ';
			await register(amira, forum_id, { name, organization_name: 'The\n House\u2066' });
			const columns = 'name, organization_name';
			const expected = [{ name: 'Amira', organization_name: 'The  House' }];
			expect(await amira.reads('registrations', {}, columns)).toEqual(expected);
			expect(await amira.reads('people', {}, columns)).toEqual(expected);
		}));
});

describe('cancelling', () => {
	test('offers the spot to the person who has waited longest, with an email', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const people = await Promise.all(['A', 'B', 'C'].map((name) => stage.person(name)));
			const [a, b, c] = people as [Persona, Persona, Persona];
			for (const person of people) await register(person, forum_id);
			await a.calls('cancel_registration', { forum_id });
			const status = 'status, public.waitlist_position(it) as place';
			expect(await a.reads('registrations', {}, status)).toEqual([
				{ status: 'cancelled', place: null }
			]);
			expect(await b.reads('registrations', {}, status)).toEqual([
				{ status: 'waitlisted', place: 1 }
			]);
			expect(await b.calls('accept_spot', { forum_id })).toBe('confirmed');
			expect(await c.reads('registrations', {}, status)).toEqual([
				{ status: 'waitlisted', place: 1 }
			]);
			expect(await emails(stage, a)).toEqual(['registration_confirmed', 'registration_cancelled']);
			expect(await emails(stage, b)).toEqual([
				'registration_waitlisted',
				'spot_offered',
				'registration_confirmed'
			]);
			expect(await emails(stage, c)).toEqual(['registration_waitlisted']);
		}));

	test('frees the sessions, and only that person\u2019s', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const session_id = await breakout(stage, forum_id);
			const a = await stage.person('A');
			const b = await stage.person('B');
			for (const person of [a, b]) {
				await register(person, forum_id);
				await person.calls('sign_up', { session_id });
			}
			await a.calls('cancel_registration', { forum_id });
			expect(await a.reads('signups')).toEqual([]);
			expect(await b.reads('signups')).toHaveLength(1);
		}));

	test('and coming back in another way leaves no signup behind that does not fit', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const room = await breakout(stage, forum_id, { format: 'in_person' });
			const amira = await stage.person('Amira');
			await register(amira, forum_id);
			await amira.calls('sign_up', { session_id: room });
			await amira.calls('cancel_registration', { forum_id });
			await register(amira, forum_id, { mode: 'online' });
			expect(await amira.reads('signups')).toEqual([]);
			await expect(amira.calls('sign_up', { session_id: room })).rejects.toThrow(
				'session_in_person'
			);
		}));

	test('is never refused: not twice, not after closing, not from the line', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const a = await stage.person('A');
			const b = await stage.person('B');
			await register(a, forum_id);
			await register(b, forum_id);
			await stage.sql(
				`update public.forums set registration_closes_at = now() - interval '1 hour' where forum_id = $1`,
				[forum_id]
			);
			await b.calls('cancel_registration', { forum_id });
			await b.calls('cancel_registration', { forum_id });
			expect(await emails(stage, b)).toEqual(['registration_waitlisted', 'registration_cancelled']);
			await a.calls('cancel_registration', { forum_id });
			expect(await a.reads('registrations', {}, 'status')).toEqual([{ status: 'cancelled' }]);
		}));

	test('and coming back leads to the end of the line', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1 });
			const people = await Promise.all(['A', 'B', 'C'].map((name) => stage.person(name)));
			const [a, b, c] = people as [Persona, Persona, Persona];
			for (const person of people) await register(person, forum_id);
			await b.calls('cancel_registration', { forum_id });
			expect(await register(b, forum_id)).toEqual({ outcome: 'waitlisted', waitlist_position: 2 });
			await a.calls('cancel_registration', { forum_id });
			await expect(b.calls('accept_spot', { forum_id })).resolves.toBe('waitlisted');
			await expect(c.calls('accept_spot', { forum_id })).resolves.toBe('confirmed');
		}));

	test('needs a registration of one\u2019s own', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const a = await stage.person('A');
			await register(a, forum_id);
			const mira = await member(stage, 'Mira');
			const olive = await organizer(stage);
			for (const other of [mira, olive]) {
				await expect(other.calls('cancel_registration', { forum_id })).rejects.toThrow(
					'not_registered'
				);
			}
			expect(await a.reads('registrations', {}, 'status')).toEqual([{ status: 'confirmed' }]);
		}));
});

describe.each([
	[
		'cancelling',
		(person: Persona, forum_id: string) => person.calls('cancel_registration', { forum_id })
	],
	['deleting the account', (person: Persona) => person.calls('delete_my_account')]
])('a spot released by %s', (_, release) => {
	test.each([
		['is offered to the first of those who wait, and to no other', {}, [true, false]],
		['stays free when the forum is cancelled', { cancelled_at: inDays(-1) }, [false, false]],
		['stays free when the forum is over', { starts_on: longAgo, ends_on: longAgo }, [false, false]]
	])('%s', (_, about, expected) =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 1, ...about });
			const [a, b, c] = [
				await member(stage, 'A'),
				await member(stage, 'B'),
				await member(stage, 'C')
			];
			await isConfirmed(stage, a, forum_id);
			for (const [person, days] of [
				[b, -2],
				[c, -1]
			] as const) {
				await isConfirmed(stage, person, forum_id, {
					status: 'waitlisted',
					confirmed_at: null,
					joined_at: inDays(days),
					queued_at: inDays(days)
				});
			}
			await release(a, forum_id);
			const rows = await stage.sql<{ status: string; offered: boolean }>(
				`select status, exists (select from private.offers o where o.registration_id = r.registration_id) as offered
				from public.registrations r where status <> 'cancelled' order by joined_at`
			);
			expect(rows.map(({ status }) => status)).toEqual(['waitlisted', 'waitlisted']);
			expect(rows.map(({ offered }) => offered)).toEqual(expected);
		})
	);

	test('takes the signups along', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const session_id = await breakout(stage, forum_id);
			const [a, b] = [await member(stage, 'A'), await member(stage, 'B')];
			for (const person of [a, b]) {
				await isConfirmed(stage, person, forum_id);
				await person.calls('sign_up', { session_id });
			}
			await release(a, forum_id);
			expect(await stage.sql('select person_id from public.signups')).toEqual([
				{ person_id: b.id }
			]);
		}));
});

test('nobody but oneself and organizers reads who comes', () =>
	scene(async (stage) => {
		const { forum_id } = await forum(stage);
		const amira = await stage.person('Amira');
		await register(amira, forum_id);
		const fellow = await stage.person('Fellow');
		await register(fellow, forum_id);
		const officer = await member(stage, 'Officer', { sector: 'law_enforcement' });
		const olive = await organizer(stage);
		expect(await amira.reads('registrations')).toHaveLength(1);
		expect(await fellow.reads('registrations', { person_id: amira.id })).toEqual([]);
		expect(await officer.reads('registrations')).toEqual([]);
		expect(await olive.reads('registrations')).toHaveLength(2);
		await expect(stage.visitor.reads('registrations')).rejects.toMatchObject({ code: '42501' });
		await stage.sql('update public.people set suspended_at = now() where person_id = $1', [
			amira.id
		]);
		expect(await amira.reads('registrations')).toEqual([]);
	}));

describe.skipIf(!concurrent)('at the same moment', () => {
	test(
		'twenty people on the last spot, 200 times: one has it, nineteen wait, each at a place of their own',
		() =>
			together(async (stage) => {
				const { forum_id } = await forum(stage, { capacity_in_person: 1 });
				const people: Persona[] = [];
				for (let n = 0; n < 20; n++) people.push(await stage.person(`Person ${n}`));
				const inLine = Array.from({ length: 19 }, (_, n) => n + 1);
				for (let round = 1; round <= 200; round++) {
					const outcomes = await Promise.all(people.map((person) => register(person, forum_id)));
					const rows = await stage.sql(
						`select r.status::text, public.waitlist_position(r)
					from public.registrations r, set_config('request.jwt.claim.sub', r.person_id::text, true)
					order by r.status, r.queued_at, r.registration_id`
					);
					const places = outcomes.flatMap(({ waitlist_position }) => waitlist_position ?? []);
					expect({
						round,
						confirmed: outcomes.filter(({ outcome }) => outcome === 'confirmed').length,
						places: places.sort((a, b) => a - b),
						rows
					}).toEqual({
						round,
						confirmed: 1,
						places: inLine,
						rows: [
							{ status: 'confirmed', waitlist_position: null },
							...inLine.map((place) => ({ status: 'waitlisted', waitlist_position: place }))
						]
					});
					await stage.sql('delete from public.registrations');
				}
			}),
		120_000
	);

	test('five clicks: one registration, one email', () =>
		together(async (stage) => {
			const { forum_id } = await forum(stage);
			const amira = await stage.person('Amira');
			const clicks = await Promise.all([1, 2, 3, 4, 5].map(() => register(amira, forum_id)));
			expect(clicks.map(({ outcome }) => outcome).sort()).toEqual([
				'already',
				'already',
				'already',
				'already',
				'confirmed'
			]);
			expect(await emails(stage, amira)).toEqual(['registration_confirmed']);
		}));

	test('cancellations and newcomers: never more people than spots, and no spot left empty', () =>
		together(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 4 });
			const people: Persona[] = [];
			for (let n = 0; n < 12; n++) people.push(await stage.person(`Person ${n}`));
			await Promise.all(people.slice(0, 8).map((person) => register(person, forum_id)));
			await Promise.all([
				...people.slice(0, 3).map((person) => person.calls('cancel_registration', { forum_id })),
				...people.slice(8).map((person) => register(person, forum_id))
			]);
			expect(await taken(stage)).toEqual({ people: 9, spots: 4 });
		}));

	test('deleted accounts and newcomers: never more people than places, and no place left empty', () =>
		together(async (stage) => {
			const { forum_id } = await forum(stage, { capacity_in_person: 4 });
			const people: Persona[] = [];
			for (let n = 0; n < 12; n++) people.push(await stage.person(`Person ${n}`));
			await Promise.all(people.slice(0, 8).map((person) => register(person, forum_id)));
			await Promise.all([
				...people.slice(0, 3).map((person) => person.calls('delete_my_account')),
				...people.slice(3, 5).map((person) => person.calls('cancel_registration', { forum_id })),
				...people.slice(8).map((person) => register(person, forum_id))
			]);
			expect(await taken(stage)).toEqual({ people: 7, spots: 4 });
		}));
});

test('a year after a forum only its figures remain, and none under five', () =>
	scene(async (s) => {
		const over = await forum(s, { starts_on: '2020-11-23', ends_on: '2020-11-23' });
		const recent = await forum(s, {
			starts_on: inDays(-90).slice(0, 10),
			ends_on: inDays(-90).slice(0, 10)
		});
		for (let n = 0; n < 23; n++) {
			const person = await member(s, `Person ${n}`);
			await isConfirmed(s, person, over.forum_id, { province: n < 19 ? 'ON' : 'YT' });
			if (n === 0) await isConfirmed(s, person, recent.forum_id);
		}
		expect(await s.service.calls('delete_old_registrations')).toBe(1);
		expect(await s.service.calls('delete_old_registrations')).toBe(0);
		expect(await s.sql('select forum_id from public.registrations')).toEqual([
			{ forum_id: recent.forum_id }
		]);
		expect(await s.visitor.reads('forums', { forum_id: over.forum_id })).toMatchObject([
			{ participants: 20, participants_qualifier: 'over', provinces: ['ON'], sectors: ['ngo'] }
		]);
	}));

describe('figures', () => {
	const ended = { starts_on: inDays(-2).slice(0, 10), ends_on: inDays(-2).slice(0, 10) };
	const people = async (
		s: Scene,
		forum_id: string,
		count: number,
		about: Record<string, unknown> = {}
	) => {
		for (let n = 0; n < count; n++) {
			await isConfirmed(s, await member(s, `Person ${n}`), forum_id, about);
		}
	};

	test('are stored when a forum has ended, outlive its registrations, and a report reads them at once', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s, ended);
			const olive = await organizer(s);
			await people(s, forum_id, 21, { province: 'ON' });
			await people(s, forum_id, 5, { province: 'QC', sector: 'youth' });
			await people(s, forum_id, 4, { province: 'NU', sector: 'faith' });
			await people(s, forum_id, 9, { status: 'waitlisted', confirmed_at: null, province: 'YT' });
			const figures = {
				participants: 30,
				participants_qualifier: 'about',
				provinces: ['ON', 'QC'],
				sectors: ['ngo', 'youth']
			};
			expect(await olive.calls('forum_figures', { forum_id })).toEqual({
				confirmed: 30,
				...figures
			});
			const { forum: live } = await olive.calls('report_facts', { forum_id });
			expect(live).toMatchObject({
				participants: 30,
				qualifier: 'about',
				provinces: ['ON', 'QC'],
				sectors: [{ en: 'non-governmental organization' }, { en: 'youth' }]
			});
			expect(await s.service.calls('delete_old_data')).toMatchObject({ figures: 1 });
			expect(await s.service.calls('delete_old_data')).toMatchObject({ figures: 0 });
			await s.sql('delete from public.registrations');
			expect(await s.visitor.reads('forums', { forum_id })).toMatchObject([figures]);
			expect(await olive.calls('forum_figures', { forum_id })).toBeNull();
			const { forum: later } = await olive.calls('report_facts', { forum_id });
			expect(later).toEqual(live);
		}));

	test.each([
		[4, null, null],
		[5, 5, 'about'],
		[7, 5, 'over'],
		[10, 10, 'about'],
		[19, 10, 'over']
	])('of %i people are %s', (count, participants, participants_qualifier) =>
		scene(async (s) => {
			const { forum_id } = await forum(s, ended);
			const olive = await organizer(s);
			await people(s, forum_id, count);
			expect(await olive.calls('forum_figures', { forum_id })).toMatchObject({
				participants,
				participants_qualifier
			});
		})
	);

	test('written by hand stay, until an organizer takes those of the registrations', () =>
		scene(async (s) => {
			const typed = { participants: 80, participants_qualifier: 'over', provinces: ['AB'] };
			const { forum_id } = await forum(s, { ...ended, ...typed, sectors: ['legal'] });
			const olive = await organizer(s);
			await people(s, forum_id, 12);
			expect(await s.service.calls('delete_old_data')).toMatchObject({ figures: 0 });
			expect(await s.visitor.reads('forums', { forum_id })).toMatchObject([typed]);
			for (let time = 0; time < 2; time++) await olive.calls('take_figures', { forum_id });
			expect(await s.visitor.reads('forums', { forum_id })).toMatchObject([
				{ participants: 10, participants_qualifier: 'over', provinces: ['NS'], sectors: ['ngo'] }
			]);
			expect(
				await s.sql(`select actor_id from private.audit where action = 'take_figures'`)
			).toEqual([{ actor_id: olive.id }]);
		}));

	test('are refused before the end, of a cancelled forum, without registrations, and to others', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const open = await forum(s);
			const today = await forum(s, {
				starts_on: inDays(-1).slice(0, 10),
				ends_on: inDays(1).slice(0, 10)
			});
			const cancelled = await forum(s, { ...ended, cancelled_at: inDays(-3) });
			const empty = await forum(s, ended);
			for (const { forum_id } of [open, today, cancelled]) await people(s, forum_id, 6);
			const refusals: [string, string][] = [
				[open.forum_id, 'figures_before_end'],
				[today.forum_id, 'figures_before_end'],
				[cancelled.forum_id, 'figures_before_end'],
				[empty.forum_id, 'figures_without_registrations']
			];
			for (const [forum_id, message] of refusals) {
				expect(await olive.calls('forum_figures', { forum_id })).toBeNull();
				await expect(olive.calls('take_figures', { forum_id })).rejects.toMatchObject({ message });
			}
			await s.service.calls('delete_old_data');
			expect(await s.sql('select from public.forums where participants is not null')).toEqual([]);
			const forum_id = empty.forum_id;
			for (const verb of ['forum_figures', 'take_figures']) {
				const stranger = await member(s, 'Amira');
				await expect(stranger.calls(verb, { forum_id })).rejects.toMatchObject({
					message: 'organizers_only'
				});
				await expect(s.visitor.calls(verb, { forum_id })).rejects.toMatchObject({ code: '42501' });
			}
		}));
});

test('nobody but the site itself tidies', () =>
	scene(async (s) => {
		for (const someone of [s.visitor, await member(s, 'Amira'), await organizer(s)]) {
			await expect(someone.calls('delete_old_registrations')).rejects.toMatchObject({
				code: '42501'
			});
		}
	}));
