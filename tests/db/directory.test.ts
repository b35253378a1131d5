import { describe, expect, test } from 'vitest';
import { ALWAYS_GOVERNMENT } from '../../src/lib/directory/rules';
import { breakout, confirmed, forum, inDays, insert, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Caller, type Scene } from './scene';

const shelter = { name_en: 'Sample Shelter', name_fr: 'Refuge Exemple', city: 'Halifax' };

test('anyone reads the directory', () =>
	scene(async (stage) => {
		await insert(stage, 'organizations', shelter);
		const mira = await member(stage, 'Mira');
		for (const reader of [stage.visitor, mira]) {
			expect(await reader.reads('organizations', { city: 'Halifax' }, 'it.name_en')).toEqual([
				{ name_en: 'Sample Shelter' }
			]);
		}
	}));

test('nobody writes in it over the API', () =>
	scene(async (stage) => {
		await insert(stage, 'organizations', shelter);
		const mira = await member(stage, 'Mira');
		for (const writer of [stage.visitor, mira, stage.service]) {
			await expect(
				writer.query(`update public.organizations set city = 'Elsewhere'`)
			).rejects.toMatchObject({ code: '42501' });
		}
	}));

test('a name is in it once, however it is written', () =>
	scene(async (stage) => {
		await insert(stage, 'organizations', shelter);
		const again = { ...shelter, name_en: 'SAMPLE SHELTER', name_fr: 'Autre nom' };
		await expect(insert(stage, 'organizations', again)).rejects.toThrow(
			'organizations_name_en_once'
		);
	}));

test.each(['sample shelter', ' Refuge Exemple '])('someone who writes "%s" belongs to it', (name) =>
	scene(async (stage) => {
		const { organization_id } = await insert(stage, 'organizations', shelter);
		const mira = await stage.person('Mira');
		await mira.calls('save_profile', {
			name: 'Mira',
			language: 'en',
			province: 'NS',
			sector: 'ngo',
			organization_name: name,
			discreet: false
		});
		expect(
			await stage.sql('select organization_id from public.people where person_id = $1', [mira.id])
		).toEqual([{ organization_id }]);
	})
);

const rows = (reader: Caller, where = {}) =>
	reader.reads<{ sector: string; name_en: string; counts_as_government: boolean }>(
		'sectors',
		where
	);

/** A new sector after the one of NGOs, by an organizer. */
async function withChoirs(stage: Scene, counts_as_government = false) {
	const olive = await organizer(stage);
	const names = { name_en: 'Choirs', name_fr: 'Chorales' };
	const choirs = await olive.calls<string>('add_sector', {
		...names,
		counts_as_government,
		after: 'ngo'
	});
	return { olive, choirs };
}

const profile = (sector: string | null) => ({
	name: 'Mira',
	language: 'en',
	province: 'NS',
	sector,
	organization_name: '',
	discreet: false
});

describe('sectors', () => {
	test('anyone reads them, an empty database has them, and nobody writes them over the API', () =>
		scene(async (stage) => {
			const mira = await member(stage, 'Mira');
			for (const reader of [stage.visitor, mira]) expect(await rows(reader)).toHaveLength(15);
			for (const writer of [stage.visitor, mira, await organizer(stage), stage.service]) {
				await expect(
					writer.query('update public.sectors set counts_as_government = false')
				).rejects.toMatchObject({ code: '42501' });
			}
		}));

	test('the flag decides who is outside government; without a sector nobody is', () =>
		scene(async (stage) => {
			for (const { sector, counts_as_government } of [
				...(await rows(stage.visitor)),
				{ sector: null, counts_as_government: true }
			]) {
				const person = await member(stage, 'Someone', { sector });
				expect(await person.query('select private.is_outside_government() as open')).toEqual([
					{ open: !counts_as_government }
				]);
				expect((await person.calls('who')).person).toMatchObject({ sector, counts_as_government });
			}
		}));

	test('government, police and those who do not say always count', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			for (const { sector } of await rows(stage.visitor, { counts_as_government: true })) {
				const opening = olive.calls('set_sector_counts', { sector, counts_as_government: false });
				await expect(opening).rejects.toThrow('sectors_always_government');
				expect(ALWAYS_GOVERNMENT).toContain(sector);
			}
			const { choirs } = await withChoirs(stage, true);
			await olive.calls('set_sector_counts', { sector: choirs, counts_as_government: false });
			expect(await rows(stage.visitor, { sector: choirs })).toMatchObject([
				{ counts_as_government: false }
			]);
		}));

	test('somebody who does not organize neither lists nor changes them', () =>
		scene(async (stage) => {
			const suspended = await member(stage, 'Sue', { suspended: true });
			await stage.sql(`insert into private.roles (person_id, role) values ($1, 'organizer')`, [
				suspended.id
			]);
			const about = { sector: 'youth', name_en: 'Young', name_fr: 'Jeunes', after: null };
			const { sector, ...names } = about;
			const verbs: [string, object][] = [
				['sectors_for_organizers', {}],
				['add_sector', { ...names, counts_as_government: false }],
				['save_sector', { ...about, version: 1 }],
				['set_sector_counts', { sector, counts_as_government: true }],
				['set_sector_retired', { sector, retired: true }]
			];
			for (const [verb, args] of verbs) {
				for (const [caller, refusal] of [
					[stage.visitor, 'denied'],
					[await stage.person('Stranger'), 'profile_first'],
					[await member(stage, 'Mira'), 'organizers_only'],
					[await member(stage, 'Gil', { sector: 'government' }), 'organizers_only'],
					[suspended, 'account_suspended']
				] as const) {
					await expect(caller.calls(verb, args as Record<string, unknown>), verb).rejects.toThrow(
						refusal
					);
				}
			}
		}));

	test('an organizer adds one at its place, and people choose it', () =>
		scene(async (stage) => {
			const { olive, choirs } = await withChoirs(stage);
			expect(choirs).toBe('choirs');
			const mira = await stage.person('Mira');
			await mira.calls('save_profile', profile(choirs));
			const listed =
				await olive.calls<{ sector: string; people: number }[]>('sectors_for_organizers');
			expect(listed.slice(0, 3)).toMatchObject([
				{ sector: 'ngo', people: 1 },
				{ sector: 'choirs', people: 1, name_fr: 'Chorales', counts_as_government: false },
				{ sector: 'service_provider', people: 0 }
			]);
			expect(
				await stage.sql(
					`select actor_id, action, fields from private.audit where action = 'add_sector'`
				)
			).toEqual([{ actor_id: olive.id, action: 'add_sector', fields: ['choirs'] }]);
		}));

	test.each([
		['Église & foi', 'eglise_foi'],
		['Health', 'health_2'],
		['2SLGBTQI+', 'slgbtqi'],
		['日本', 'sector'],
		['x'.repeat(80), 'x'.repeat(36)]
	])('the code of “%s” comes from its English name', (name_en, code) =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			// Its name is free then, and its code is not.
			await olive.calls('save_sector', {
				sector: 'health',
				version: 1,
				name_en: 'Care',
				name_fr: 'Soins',
				after: null
			});
			const about = { name_en, name_fr: 'Nouveau', counts_as_government: false, after: null };
			expect(await olive.calls('add_sector', about)).toBe(code);
		})
	);

	test('a name is there once, however it is written', () =>
		scene(async (stage) => {
			const { olive, choirs } = await withChoirs(stage);
			const about = { counts_as_government: false, after: null };
			await expect(
				olive.calls('add_sector', { ...about, name_en: 'YOUTH', name_fr: 'Autre' })
			).rejects.toThrow('sectors_name_en_once');
			await expect(
				olive.calls('save_sector', {
					sector: choirs,
					version: 1,
					name_en: 'Choirs',
					name_fr: 'Santé',
					after: null
				})
			).rejects.toThrow('sectors_name_fr_once');
		}));

	test('names and place are saved over the version that was seen', () =>
		scene(async (stage) => {
			const { olive, choirs } = await withChoirs(stage);
			const save = (after: string | null, version: number) =>
				olive.calls('save_sector', {
					sector: choirs,
					version,
					name_en: 'Singers',
					name_fr: 'Chanteuses et chanteurs',
					after
				});
			const places = async () =>
				(
					await stage.sql<{ sector: string; position: number }>(
						'select sector, position from public.sectors order by position'
					)
				).map(({ sector, position }) => {
					expect(position).toBeGreaterThan(0);
					return sector;
				});
			await save(null, 1);
			expect((await places())[0]).toBe(choirs);
			await save('undisclosed', 2);
			expect((await places()).at(-1)).toBe(choirs);
			await save('youth', 3);
			// Sent again, it is at the same place.
			await expect(save('youth', 3)).rejects.toThrow('sector_changed');
			await save('youth', 4);
			const order = await places();
			expect(order.indexOf(choirs)).toBe(order.indexOf('youth') + 1);
			expect(new Set(order).size).toBe(16);
			await expect(
				olive.calls('save_sector', {
					sector: 'wizards',
					version: 1,
					name_en: 'Wizards',
					name_fr: 'Mages',
					after: null
				})
			).rejects.toThrow('sector_not_found');
		}));

	test('a retired one is not offered, and stays with those who have it', () =>
		scene(async (stage) => {
			const { olive, choirs } = await withChoirs(stage);
			const [mira, late] = [await stage.person('Mira'), await stage.person('Late')];
			const other = await member(stage, 'Other');
			await mira.calls('save_profile', profile(choirs));
			await olive.calls('set_sector_retired', { sector: choirs, retired: true });
			await olive.calls('set_sector_retired', { sector: choirs, retired: true });
			await mira.calls('save_profile', profile(choirs));
			const { forum_id } = await forum(stage);
			const { discreet, ...about } = profile(choirs);
			const joining = { ...about, forum_id, mode: 'online', discreet };
			expect(await mira.calls('register', joining)).toMatchObject([{ outcome: 'confirmed' }]);
			for (const refused of [
				() => late.calls('save_profile', profile(choirs)),
				() => late.calls('register', joining),
				() => late.calls('save_profile', profile('wizards')),
				() => olive.calls('set_sector', { person_id: other.id, sector: choirs })
			]) {
				await expect(refused()).rejects.toThrow('sector_not_offered');
			}
			await olive.calls('set_sector_retired', { sector: choirs, retired: false });
			await late.calls('save_profile', profile(choirs));
			expect(
				await stage.sql(
					`select action, fields from private.audit where action like '%re%_sector' order by acted_at`
				)
			).toEqual([
				{ action: 'retire_sector', fields: [choirs] },
				{ action: 'restore_sector', fields: [choirs] }
			]);
		}));

	test('one sector of each kind stays offered', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const retire = (sector: string) =>
				olive.calls('set_sector_retired', { sector, retired: true });
			await retire('undisclosed');
			await retire('government');
			await expect(retire('law_enforcement')).rejects.toThrow('sector_last_of_kind');
			const others = (await rows(stage.visitor, { counts_as_government: false })).map(
				({ sector }) => sector
			);
			for (const sector of others.filter((it) => it !== 'youth')) await retire(sector);
			await expect(retire('youth')).rejects.toThrow('sector_last_of_kind');
			await expect(
				olive.calls('set_sector_counts', { sector: 'youth', counts_as_government: true })
			).rejects.toThrow('sector_last_of_kind');
		}));
});

describe('the flag of a sector', () => {
	test('takes those who may not enter any more out of closed sessions to come, and no others', () =>
		scene(async (stage) => {
			const { olive, choirs } = await withChoirs(stage);
			const { forum_id } = await forum(stage);
			const at = (hour: number) => ({
				starts_at: inDays(30 + hour / 24),
				ends_at: inDays(30 + (hour + 1) / 24)
			});
			const closed = await breakout(stage, forum_id, { closed_to_government: true, ...at(0) });
			const open = await breakout(stage, forum_id, at(2));
			const singer = await member(stage, 'Singer', { sector: choirs });
			const mira = await member(stage, 'Mira');
			for (const person of [singer, mira]) {
				await confirmed(stage, person, forum_id);
				for (const session_id of [closed, open]) await person.calls('sign_up', { session_id });
			}
			const change = (counts_as_government: boolean) =>
				olive.calls('set_sector_counts', { sector: choirs, counts_as_government });
			await change(true);
			const spots = async (person: Caller) =>
				(await person.reads<{ session_id: string }>('signups')).map((it) => it.session_id);
			expect(await spots(singer)).toEqual([open]);
			expect((await spots(mira)).sort()).toEqual([closed, open].sort());
			await expect(singer.calls('sign_up', { session_id: closed })).rejects.toThrow(
				'closed_to_government'
			);
			// Nobody is signed up again; they may choose again.
			await change(false);
			await change(false);
			expect(await spots(singer)).toEqual([open]);
			await singer.calls('sign_up', { session_id: closed });
			expect(
				await stage.sql(
					`select actor_id, fields from private.audit where action = 'set_sector_counts'`
				)
			).toEqual([
				{ actor_id: olive.id, fields: ['choirs.counts_as_government'] },
				{ actor_id: olive.id, fields: ['choirs.counts_as_government'] }
			]);
		}));

	test('changes by an organizer who is outside government, and not for oneself', () =>
		scene(async (stage) => {
			const { olive, choirs } = await withChoirs(stage, true);
			const change = (by: Caller, sector: string, counts_as_government: boolean) =>
				by.calls('set_sector_counts', { sector, counts_as_government });
			for (const sector of ['government', choirs, null]) {
				const insider = await organizer(stage, 'Insider');
				await stage.sql('update public.people set sector = $2 where person_id = $1', [
					insider.id,
					sector
				]);
				for (const counts of [true, false]) {
					await expect(change(insider, choirs, counts)).rejects.toThrow('sector_flag_outside_only');
				}
			}
			await expect(change(olive, 'ngo', true)).rejects.toThrow('sector_flag_own');
			await expect(change(olive, 'wizards', true)).rejects.toThrow('sector_not_found');
			expect(await rows(stage.visitor, { sector: choirs })).toMatchObject([
				{ counts_as_government: true }
			]);
		}));

	test('keeps people of that sector from leaving it alone, like any government', () =>
		scene(async (stage) => {
			const { olive, choirs } = await withChoirs(stage);
			const mira = await stage.person('Mira');
			await mira.calls('save_profile', profile(choirs));
			await olive.calls('set_sector_counts', { sector: choirs, counts_as_government: true });
			await expect(mira.calls('save_profile', profile('ngo'))).rejects.toThrow(
				'sector_needs_organizer'
			);
		}));
});

test.skipIf(!concurrent)('a signup at the moment at which a flag changes does not stay', () =>
	together(async (stage) => {
		const { olive, choirs } = await withChoirs(stage);
		const { forum_id } = await forum(stage);
		const session_id = await breakout(stage, forum_id, {
			closed_to_government: true,
			starts_at: inDays(30),
			ends_at: inDays(30.05)
		});
		const singers = await Promise.all(
			Array.from({ length: 8 }, (_, n) => member(stage, `Singer ${n}`, { sector: choirs }))
		);
		for (const singer of singers) await confirmed(stage, singer, forum_id);
		await Promise.allSettled([
			...singers.slice(0, 4).map((it) => it.calls('sign_up', { session_id })),
			olive.calls('set_sector_counts', { sector: choirs, counts_as_government: true }),
			...singers.slice(4).map((it) => it.calls('sign_up', { session_id }))
		]);
		expect(await rows(stage.visitor, { sector: choirs })).toMatchObject([
			{ counts_as_government: true }
		]);
		expect(await stage.sql('select from public.signups')).toEqual([]);
	})
);

describe('who prefers not to say', () => {
	test('may say it later, as somebody without a sector may', () =>
		scene(async (stage) => {
			const mira = await stage.person('Mira');
			await mira.calls('save_profile', profile('undisclosed'));
			expect((await mira.calls('who')).person).toMatchObject({ counts_as_government: true });
			await mira.calls('save_profile', profile('ngo'));
			expect((await mira.calls('who')).person).toMatchObject({ counts_as_government: false });
		}));

	test('cannot get out of a government that way', () =>
		scene(async (stage) => {
			const gil = await stage.person('Gil');
			await gil.calls('save_profile', profile('government'));
			await expect(gil.calls('save_profile', profile('undisclosed'))).rejects.toThrow(
				'sector_needs_organizer'
			);
		}));
});

describe('an organization', () => {
	test('is added by organizers alone, in both languages, and once', () =>
		scene(async (s) => {
			const olive = await organizer(s);
			const names = { name_en: '  Shelter of the North ', name_fr: 'Refuge du Nord' };
			const mia = await member(s, 'Mia');
			await expect(mia.calls('add_organization', names)).rejects.toMatchObject({ code: 'PT403' });
			await expect(s.visitor.calls('add_organization', names)).rejects.toThrow();
			await olive.calls('add_organization', names);
			const rows = await s.visitor.reads<{ name_en: string }>('organizations');
			expect(rows.map(({ name_en }) => name_en)).toContain('Shelter of the North');
			for (const [about, refusal] of [
				[{ ...names, name_en: 'SHELTER OF THE NORTH' }, 'organizations_name_en_once'],
				[{ ...names, name_en: 'Another' }, 'organizations_name_fr_once'],
				[{ name_en: 'X', name_fr: 'Y' }, 'organizations_name_en_length']
			] as const) {
				await expect(olive.calls('add_organization', about)).rejects.toMatchObject({
					constraint: refusal
				});
			}
		}));
});
