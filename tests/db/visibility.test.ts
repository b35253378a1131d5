import { describe, expect, test } from 'vitest';
import { mineSchema, participantsSchema, stateSchema } from '../../src/lib/visibility/schema';
import { confirmed, forum, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

// Nobody is on the list of participants who did not choose it, and who is left out cannot tell.

type Choice = Record<string, unknown>;
const open = { audience: 'participants' };
const except = (...except_sectors: string[]) => ({
	audience: 'participants_except',
	except_sectors
});
const noPolice = { audience: 'participants_except', except_government: true };

/** Somebody confirmed at a forum, of a sector, who chose whom to be seen by. */
async function takesPart(
	s: Scene,
	forum_id: string,
	name: string,
	{ sector = 'ngo', choice, ...about }: { sector?: string | null; choice?: Choice } & Choice = {}
): Promise<Persona> {
	const person = await member(s, name, { sector });
	await confirmed(s, person, forum_id, { name, sector: sector ?? 'undisclosed', ...about });
	if (choice) await person.calls('save_visibility', { forum_id, ...choice });
	return person;
}

const list = async (reader: Persona, slug: string, after?: string) =>
	participantsSchema.parse(await reader.calls('participants', { slug, ...(after && { after }) }));
const namesFor = async (reader: Persona, slug: string) =>
	(await list(reader, slug)).people.map(({ name }) => name);
const mine = async (person: Persona, slug: string) =>
	mineSchema.parse(await person.calls('my_visibility', { slug }));

/** A forum with somebody on its list for everyone, somebody not for government and police, and a hidden person. */
async function stage(s: Scene) {
	const { forum_id, slug } = (await forum(s)) as { forum_id: string; slug: string };
	const amira = await takesPart(s, forum_id, 'Amira', { choice: open });
	const bea = await takesPart(s, forum_id, 'Bea', { choice: noPolice });
	const hana = await takesPart(s, forum_id, 'Hana');
	return { forum_id, slug, amira, bea, hana };
}

test('nobody is on the list until they choose it, and hiding is one choice away', () =>
	scene(async (s) => {
		const { forum_id, slug } = (await forum(s)) as { forum_id: string; slug: string };
		const reader = await takesPart(s, forum_id, 'Rosa');
		const amira = await takesPart(s, forum_id, 'Amira', { badge_name: 'Mira' });
		expect(await list(reader, slug)).toMatchObject({ status: 'open', count: 0, people: [] });
		expect(await mine(amira, slug)).toMatchObject({
			audience: 'nobody',
			appears: false,
			seen_by: []
		});
		for (let time = 0; time < 2; time++) {
			await amira.calls('save_visibility', { forum_id, ...open });
			expect((await list(reader, slug)).people).toEqual([
				{ entry_id: expect.any(String), name: 'Mira', organization_name: null, sector: null }
			]);
		}
		for (let time = 0; time < 2; time++) {
			await amira.calls('save_visibility', { forum_id, audience: 'nobody' });
			expect(await list(reader, slug)).toMatchObject({ count: 0, people: [] });
		}
		expect(await s.sql('select from private.visibility')).toEqual([]);
	}));

test('the list shows organization and sector only to whom a person shows them', () =>
	scene(async (s) => {
		const { forum_id, slug, amira, hana } = await stage(s);
		await s.sql(
			`update public.registrations set organization_name = 'Shelter' where person_id = $1`,
			[amira.id]
		);
		const shows = async (choice: Choice) => {
			await amira.calls('save_visibility', { forum_id, ...open, ...choice });
			const [entry] = (await list(hana, slug)).people;
			return [entry!.organization_name, entry!.sector];
		};
		expect(await shows({})).toEqual([null, null]);
		expect(await shows({ shows_organization: true })).toEqual(['Shelter', null]);
		expect(await shows({ shows_sector: true })).toEqual([null, 'ngo']);
		const answer = JSON.stringify(await list(hana, slug));
		expect(answer).not.toMatch(/in_person|online|NS|@|person_id|registration_id/);
	}));

describe('the list is read', () => {
	test('by confirmed and approved participants of that forum, and by nobody else', () =>
		scene(async (s) => {
			const { forum_id, slug, hana } = await stage(s);
			const other = await forum(s);
			const unapproved = await member(s, 'Una', { approved: false });
			await confirmed(s, unapproved, forum_id);
			const readers: [string, Persona, string][] = [
				['somebody confirmed', hana, 'open'],
				['somebody confirmed who is not approved', unapproved, 'not_approved'],
				['somebody with an account', await member(s, 'Olga'), 'not_confirmed'],
				['an organizer who does not take part', await organizer(s), 'not_confirmed'],
				[
					'a participant of another forum',
					await takesPart(s, other.forum_id, 'Otto'),
					'not_confirmed'
				],
				...(await Promise.all(
					['waitlisted', 'pending', 'refused', 'cancelled'].map(
						async (status): Promise<[string, Persona, string]> => [
							status,
							await takesPart(s, forum_id, status, { status, confirmed_at: null }),
							'not_confirmed'
						]
					)
				))
			];
			for (const [who, reader, status] of readers) {
				const shown = status === 'open' ? ['Amira', 'Bea'] : [];
				expect(await list(reader, slug), who).toMatchObject({ status, count: shown.length });
				expect(await namesFor(reader, slug), who).toEqual(shown);
			}
			await expect(s.visitor.calls('participants', { slug })).rejects.toMatchObject({
				code: '42501'
			});
			const nobody = await s.person('Nobody');
			await expect(nobody.calls('participants', { slug })).rejects.toThrow('profile_first');
			await s.sql('update public.people set suspended_at = now() where person_id = $1', [hana.id]);
			await expect(list(hana, slug)).rejects.toThrow('account_suspended');
		}));

	test('by government and police without those who left them out, as if these were not there', () =>
		scene(async (s) => {
			const { forum_id, slug, bea } = await stage(s);
			for (const sector of ['government', 'law_enforcement', 'undisclosed', null]) {
				const reader = await takesPart(s, forum_id, 'Gus', { sector });
				const all = [await list(reader, slug)];
				// What an excluded reader gets equals what there is when the person hides.
				await bea.calls('save_visibility', { forum_id, audience: 'nobody' });
				all.push(await list(reader, slug));
				await bea.calls('save_visibility', { forum_id, ...noPolice });
				expect(all[0], String(sector)).toEqual(all[1]);
				expect(all[0]!.people.map(({ name }) => name)).toEqual(['Amira']);
			}
		}));

	test('by people of a sector that a person left out without that person, whatever sector they choose then', () =>
		scene(async (s) => {
			const { forum_id, slug } = await stage(s);
			await takesPart(s, forum_id, 'Cleo', { choice: except('legal', 'health') });
			const lee = await takesPart(s, forum_id, 'Lee', { sector: 'legal' });
			const pat = await takesPart(s, forum_id, 'Pat', { sector: 'youth' });
			const moves = (person: Persona, sector: string) =>
				person.calls('save_profile', {
					name: 'Somebody',
					language: 'en',
					province: 'NS',
					sector,
					organization_name: '',
					discreet: false
				});
			expect(await namesFor(pat, slug)).toEqual(['Amira', 'Bea', 'Cleo']);
			expect(await namesFor(lee, slug)).toEqual(['Amira', 'Bea']);
			for (const sector of ['youth', 'faith']) {
				await moves(lee, sector);
				expect(await namesFor(lee, slug)).toEqual(['Amira', 'Bea']);
			}
			await moves(pat, 'health');
			expect(await namesFor(pat, slug)).toEqual(['Amira', 'Bea']);
			await moves(pat, 'government');
			expect(await namesFor(pat, slug)).toEqual(['Amira']);
			expect(await lee.calls('export_my_data')).toMatchObject({
				earlier_sectors: [{ sector: 'legal' }, { sector: 'youth' }]
			});
			// An organizer who corrects a sector says that the others were wrong.
			const olive = await organizer(s);
			await olive.calls('set_sector', { person_id: lee.id, sector: 'youth' });
			expect(await namesFor(lee, slug)).toEqual(['Amira', 'Bea', 'Cleo']);
		}));

	test('with the flag of a sector as it is now', () =>
		scene(async (s) => {
			const { forum_id, slug } = await stage(s);
			const reader = await takesPart(s, forum_id, 'Fay', { sector: 'faith' });
			expect(await namesFor(reader, slug)).toEqual(['Amira', 'Bea']);
			await s.sql(`update public.sectors set counts_as_government = true where sector = 'faith'`);
			expect(await namesFor(reader, slug)).toEqual(['Amira']);
		}));
});

test('the preview is what the list shows: for every sector and every choice', () =>
	scene(async (s) => {
		const { forum_id, slug } = (await forum(s)) as { forum_id: string; slug: string };
		const sectors = (
			await s.sql<{ sector: string }>('select sector from public.sectors order by position')
		).map(({ sector }) => sector);
		const readers: [string, Persona][] = [];
		for (const sector of sectors) {
			readers.push([sector, await takesPart(s, forum_id, `Of ${sector}`, { sector })]);
		}
		const amira = await takesPart(s, forum_id, 'Amira');
		const choices = [
			{ audience: 'nobody' },
			open,
			noPolice,
			except('law_enforcement', 'health'),
			...sectors.map((sector) => except(sector)),
			{ ...except('ngo', 'legal'), except_government: true },
			except(...sectors)
		];
		for (const choice of choices) {
			await amira.calls('save_visibility', { forum_id, ...choice });
			const { seen_by, appears, audience } = await mine(amira, slug);
			const truly: string[] = [];
			for (const [sector, reader] of readers) {
				const { count, people } = await list(reader, slug);
				expect(count).toBe(people.length);
				if (count > 0) truly.push(sector);
			}
			expect(seen_by, JSON.stringify(choice)).toEqual(truly);
			expect([appears, audience]).toEqual([choice.audience !== 'nobody', choice.audience]);
		}
	}));

describe('somebody who waits is not on the list', () => {
	test.each(['waitlisted', 'pending'])('%s: the choice applies once they are confirmed', (status) =>
		scene(async (s) => {
			const { forum_id, slug, hana } = await stage(s);
			const wei = await takesPart(s, forum_id, 'Wei', {
				status,
				confirmed_at: null,
				choice: noPolice
			});
			expect(await mine(wei, slug)).toMatchObject({
				audience: 'participants_except',
				confirmed: false,
				appears: false
			});
			expect((await mine(wei, slug)).seen_by).not.toContain('law_enforcement');
			expect(await namesFor(hana, slug)).toEqual(['Amira', 'Bea']);
			const olive = await organizer(s);
			const [row] = await s.sql<{ registration_id: string }>(
				`select registration_id from public.registrations where person_id = $1`,
				[wei.id]
			);
			const rows = { forum_id, registration_ids: [row!.registration_id], reason: 'Invited' };
			if (status === 'pending') {
				await olive.calls('approve_registrations', { ...rows, over_capacity: false });
			} else {
				await s.sql(
					`update public.registrations set status = 'confirmed', confirmed_at = now() where person_id = $1`,
					[wei.id]
				);
			}
			expect(await namesFor(hana, slug)).toEqual(['Amira', 'Bea', 'Wei']);
			expect(await mine(wei, slug)).toMatchObject({ appears: true });
		})
	);

	test('nor is somebody whose account is not approved', () =>
		scene(async (s) => {
			const { forum_id, slug, hana } = await stage(s);
			const una = await member(s, 'Una', { approved: false });
			await confirmed(s, una, forum_id, { name: 'Una' });
			await una.calls('save_visibility', { forum_id, ...open });
			expect(await mine(una, slug)).toMatchObject({ confirmed: true, appears: false });
			expect(await namesFor(hana, slug)).toEqual(['Amira', 'Bea']);
			await (await organizer(s)).calls('approve_person', { person_id: una.id });
			expect(await namesFor(hana, slug)).toEqual(['Amira', 'Bea', 'Una']);
		}));
});

describe('somebody is off the list, and hidden when they come back', () => {
	const registers = (person: Persona, forum_id: string, name: string) =>
		person.calls('register', {
			forum_id,
			mode: 'in_person',
			name,
			language: 'en',
			province: 'NS',
			sector: 'ngo',
			organization_name: '',
			discreet: false
		});
	const ends: [string, (s: Scene, p: Persona, forum_id: string) => Promise<unknown>][] = [
		['who cancels', (s, p, forum_id) => p.calls('cancel_registration', { forum_id })],
		['who deletes the account', (s, p) => p.calls('delete_my_account')],
		[
			'who is suspended',
			async (s, p) =>
				(await organizer(s, 'Odo')).calls('suspend_person', { person_id: p.id, reason: 'Spam' })
		],
		[
			'whose registration an organizer cancels',
			async (s, p, forum_id) => {
				const [row] = await s.sql<{ registration_id: string }>(
					`select registration_id from public.registrations where person_id = $1`,
					[p.id]
				);
				return (await organizer(s, 'Odo')).calls('cancel_registrations', {
					forum_id,
					registration_ids: [row!.registration_id],
					reason: 'Asked by phone'
				});
			}
		]
	];
	test.each(ends)('%s', (_, end) =>
		scene(async (s) => {
			const { forum_id, slug, amira, hana } = await stage(s);
			await end(s, amira, forum_id);
			expect(await namesFor(hana, slug)).toEqual(['Bea']);
			expect(await s.sql('select from private.visibility')).toHaveLength(1);
		})
	);

	test('who registers again', () =>
		scene(async (s) => {
			const { forum_id, slug, amira, hana } = await stage(s);
			await amira.calls('cancel_registration', { forum_id });
			expect(await amira.calls('my_visibility', { slug })).toBeNull();
			await registers(amira, forum_id, 'Amira');
			expect(await mine(amira, slug)).toMatchObject({ audience: 'nobody', confirmed: true });
			expect(await namesFor(hana, slug)).toEqual(['Bea']);
		}));

	test('who hands the spot over, and so is the one who takes it', () =>
		scene(async (s) => {
			const { forum_id, slug, amira, hana } = await stage(s);
			const carl = await member(s, 'Carl');
			await amira.calls('hand_over', { forum_id, email: carl.email });
			await registers(carl, forum_id, 'Carl');
			expect(await mine(carl, slug)).toMatchObject({ audience: 'nobody', confirmed: true });
			expect(await namesFor(hana, slug)).toEqual(['Bea']);
			expect((await list(amira, slug)).status).toBe('not_confirmed');
		}));

	test('when the forum is cancelled, also when it takes place after all', () =>
		scene(async (s) => {
			const { forum_id, slug, amira, hana } = await stage(s);
			const olive = await organizer(s);
			await olive.calls('cancel_forum', { forum_id });
			expect(await list(hana, slug)).toMatchObject({ status: 'closed', count: 0, people: [] });
			const again = amira.calls('save_visibility', { forum_id, ...open });
			await expect(again).rejects.toMatchObject({
				message: 'participant_list_closed',
				code: 'PT409'
			});
			await olive.calls('reopen_forum', { forum_id });
			expect(await list(hana, slug)).toMatchObject({ status: 'open', count: 0 });
		}));
});

test('the list closes 30 days after the forum, decided when it is read, and its rows are deleted', () =>
	scene(async (s) => {
		const { forum_id, slug, amira, hana } = await stage(s);
		const ended = (days: number) =>
			s.sql(
				`update public.forums set ends_on = (now() at time zone time_zone)::date - $2::integer,
					starts_on = (now() at time zone time_zone)::date - $2::integer where forum_id = $1`,
				[forum_id, days]
			);
		await ended(29);
		expect(await namesFor(hana, slug)).toEqual(['Amira', 'Bea']);
		expect(await s.service.calls('delete_old_data')).toMatchObject({ visibility: 0 });
		await ended(30);
		expect(await list(hana, slug)).toMatchObject({ status: 'closed', count: 0, people: [] });
		expect(await mine(amira, slug)).toMatchObject({ list: 'closed', appears: false });
		const late = amira.calls('save_visibility', { forum_id, ...open });
		await expect(late).rejects.toMatchObject({ message: 'participant_list_closed', code: 'PT409' });
		expect(await s.service.calls('delete_old_data')).toMatchObject({ visibility: 2 });
		expect(await s.sql('select from private.visibility')).toEqual([]);
		expect(await s.service.calls('delete_old_data')).toMatchObject({ visibility: 0 });
	}));

test('sectors that somebody left are deleted after a year', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		for (const [sector, months] of [
			['legal', 11],
			['health', 13]
		] as const) {
			await s.sql(
				`insert into private.earlier_sectors values ($1, $2, now() - make_interval(months => $3))`,
				[amira.id, sector, months]
			);
		}
		expect(await s.service.calls('delete_old_data')).toMatchObject({ earlier_sectors: 1 });
		expect(await s.sql('select sector from private.earlier_sectors')).toEqual([
			{ sector: 'legal' }
		]);
	}));

test('an organizer switches the list of a forum off and on; nobody is put on it, and a copy has none either', () =>
	scene(async (s) => {
		const { forum_id, slug, amira, hana } = await stage(s);
		const olive = await organizer(s);
		const set = (shown: boolean) => olive.calls('set_participant_list', { forum_id, shown });
		const has = (forum_id: string) => olive.calls('participant_list', { forum_id });
		expect(await has(forum_id)).toBe(true);
		for (let time = 0; time < 2; time++) await set(false);
		expect(await has(forum_id)).toBe(false);
		for (const person of [hana, amira]) {
			expect(await list(person, slug)).toMatchObject({ status: 'off', count: 0, people: [] });
		}
		expect(await mine(amira, slug)).toMatchObject({ list: 'off', appears: false });
		const choose = hana.calls('save_visibility', { forum_id, ...open });
		await expect(choose).rejects.toMatchObject({ message: 'participant_list_off', code: 'PT409' });
		await amira.calls('save_visibility', { forum_id, audience: 'nobody' });
		await expect(hana.calls('participant_list', { forum_id })).rejects.toThrow('organizers_only');
		await expect(hana.calls('set_participant_list', { forum_id, shown: true })).rejects.toThrow(
			'organizers_only'
		);
		const copy = await s.sql<{ forum_id: string }>(
			`insert into public.forums select (jsonb_populate_record(f, jsonb_build_object('forum_id', gen_random_uuid(), 'slug', 'copy'))).*
			from public.forums f where f.forum_id = $1 returning forum_id`,
			[forum_id]
		);
		await s.sql('select private.visibility_clone_forum($1, $2)', [forum_id, copy[0]!.forum_id]);
		expect(await has(copy[0]!.forum_id)).toBe(false);
		await set(true);
		expect(await namesFor(hana, slug)).toEqual(['Bea']);
		const acts = await s.sql<{ action: string }>(
			`select action from private.audit where subject_id = $1 order by action`,
			[forum_id]
		);
		expect(acts.map(({ action }) => action)).toEqual([
			'hide_participant_list',
			'show_participant_list'
		]);
	}));

test.each([
	['nobody_left_out', { audience: 'participants_except' }],
	['nobody_left_out', { audience: 'participants_except', except_sectors: [null] }],
	['sector_not_found', except('legal', 'no_such_sector')],
	['sector_not_found', except('police')]
])('a choice that says nothing is refused: %s %j', (message, choice) =>
	scene(async (s) => {
		const { forum_id, slug, amira } = await stage(s);
		await expect(amira.calls('save_visibility', { forum_id, ...choice })).rejects.toThrow(message);
		expect(await mine(amira, slug)).toMatchObject({ audience: 'participants' });
	})
);

test('a choice is stored once and as it counts; somebody who is not registered has none', () =>
	scene(async (s) => {
		const { forum_id, slug, amira } = await stage(s);
		const long = Array.from({ length: 2000 }, (_, n) => (n % 2 ? 'legal' : 'health'));
		await amira.calls('save_visibility', { forum_id, ...except(...long) });
		expect((await mine(amira, slug)).except_sectors).toEqual(['health', 'legal']);
		// Sectors that were checked for the third answer do not count for the second.
		await amira.calls('save_visibility', {
			forum_id,
			...open,
			except_sectors: long,
			except_government: true
		});
		expect(await mine(amira, slug)).toMatchObject({
			audience: 'participants',
			except_sectors: [],
			except_government: false
		});
		await amira.calls('save_visibility', { forum_id, audience: null });
		expect(await mine(amira, slug)).toMatchObject({ audience: 'nobody' });
		const olga = await member(s, 'Olga');
		const stranger = olga.calls('save_visibility', { forum_id, ...open });
		await expect(stranger).rejects.toMatchObject({ message: 'not_registered', code: 'PT404' });
		expect(await olga.calls('my_visibility', { slug })).toBeNull();
		expect(await olga.calls('participants', { slug: 'no-such-forum' })).toBeNull();
		const draft = await forum(s, { published_at: null });
		expect(await olga.calls('participants', { slug: draft.slug })).toBeNull();
	}));

test('pages hold a hundred people by name, counts are those of the reader, and a key of another entry says nothing', () =>
	scene(async (s) => {
		const { forum_id, slug, hana } = await stage(s);
		const zoes = await s.sql<{ id: string }>(
			`with made as (
				insert into auth.users (id, aud, role, email, email_confirmed_at)
				select gen_random_uuid(), 'authenticated', 'authenticated', 'zoe' || n || '@example.org', now()
				from generate_series(1, 250) n returning id
			), people as (
				insert into public.people (person_id, name, language, province, sector, approved_at)
				select id, 'Zoe', 'en', 'NS', 'ngo', now() from made returning person_id
			)
			insert into public.registrations (forum_id, person_id, mode, status, name, language, province, sector, confirmed_at)
			select $1, person_id, 'online', 'confirmed', 'Zoe', 'en', 'NS', 'ngo', now() from people returning registration_id as id`,
			[forum_id]
		);
		await s.sql(
			`insert into private.visibility (registration_id, except_government, except_sectors, shows_organization, shows_sector)
			select id, n % 2 = 0, '{}', false, false from unnest($1::uuid[]) with ordinality e(id, n)`,
			[zoes.map(({ id }) => id)]
		);
		const pia = await takesPart(s, forum_id, 'Pia', { sector: 'law_enforcement' });
		for (const [reader, total] of [
			[hana, 252],
			[pia, 126]
		] as const) {
			const seen: string[] = [];
			const sizes: number[] = [];
			for (let after: string | null = ''; after !== null;) {
				const answer = await list(reader, slug, after);
				expect(answer.count).toBe(total);
				seen.push(...answer.people.map(({ entry_id }) => entry_id));
				sizes.push(answer.people.length);
				after = answer.next;
			}
			expect(sizes).toEqual(total === 252 ? [100, 100, 52] : [100, 26]);
			expect(new Set(seen).size).toBe(total);
		}
		// Entries that the police do not see, and registrations, are no way to ask where somebody is in the order.
		const first = await list(pia, slug);
		const hidden = await s.sql<{ entry_id: string }>(
			'select entry_id from private.visibility where except_government limit 3'
		);
		for (const { entry_id } of [...hidden, { entry_id: zoes[0]!.id }]) {
			expect(await list(pia, slug, entry_id)).toEqual(first);
		}
	}));

test('no table, column, filter, count or error tells it to anybody else', () =>
	scene(async (s) => {
		const { forum_id, slug, amira, bea, hana } = await stage(s);
		const pia = await takesPart(s, forum_id, 'Pia', { sector: 'law_enforcement' });
		const olive = await organizer(s);
		for (const someone of [pia, hana, olive, await member(s, 'Olga')]) {
			for (const query of [
				'select * from private.visibility',
				'select count(*) from private.visibility',
				'select * from private.earlier_sectors',
				'select r.*, v.* from public.registrations r left join private.visibility v using (registration_id)',
				`select * from private.entries((select f from public.forums f where f.slug = '${slug}'))`,
				`select private.may_see('{ngo}', null)`
			]) {
				await expect(someone.query(query), query).rejects.toMatchObject({ code: '42501' });
			}
			const rows = await someone.query(
				`select r.person_id, public.visibility(r) as chose from public.registrations r where public.visibility(r) is not null`
			);
			expect(rows.every(({ person_id }) => person_id === someone.id)).toBe(true);
			const answers = [
				await someone.calls('export_my_data'),
				await someone.calls('home_page'),
				await someone.calls('my_visibility', { slug })
			];
			expect(JSON.stringify(answers)).not.toMatch(new RegExp(`${amira.id}|${bea.id}|Amira|Bea`));
		}
		const [own] = await bea.query(
			`select public.visibility(r) as chose from public.registrations r`
		);
		expect(stateSchema.parse(own!.chose)).toEqual({
			audience: 'participants_except',
			list: 'open'
		});
		expect(await bea.calls('export_my_data')).toMatchObject({
			visibility: [{ forum: slug, audience: 'participants_except', except_government: true }]
		});
		// No event and no act of the audit says who chose what.
		expect(await s.sql(`select from private.events where kind ~ 'visib|participant'`)).toEqual([]);
		expect(await s.sql(`select from private.audit where action ~ 'visib|participant'`)).toEqual([]);
	}));

test.runIf(concurrent)('of choices at the same moment one is stored whole', () =>
	together(async (s) => {
		const { forum_id, slug, amira } = await stage(s);
		const choices = [open, noPolice, except('legal'), { audience: 'nobody' }, except('health')];
		await Promise.all(
			choices.map((choice) => amira.calls('save_visibility', { forum_id, ...choice }))
		);
		const chose = await mine(amira, slug);
		const stored = await s.sql(
			'select from private.visibility v join public.registrations using (registration_id) where person_id = $1',
			[amira.id]
		);
		expect(stored).toHaveLength(chose.audience === 'nobody' ? 0 : 1);
		if (chose.audience === 'participants') expect(chose.except_sectors).toEqual([]);
	})
);
