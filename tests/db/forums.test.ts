import { describe, expect, test } from 'vitest';
import { gapsOf } from '../../src/lib/forums/rules';
import { forum, inDays, insert, member, organizer } from './builders';
import { scene, type Scene } from './scene';

const objectives = { objectives_en: ['Meet.'], objectives_fr: ['Se réunir.'] };

describe('a draft', () => {
	test('is there for organizers and for nobody else', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null });
			const mira = await member(stage, 'Mira');
			const olive = await organizer(stage);
			expect(await stage.visitor.reads('forums', { forum_id })).toEqual([]);
			expect(await mira.reads('forums', { forum_id })).toEqual([]);
			expect(await olive.reads('forums', { forum_id })).toHaveLength(1);
		}));

	test('is published by an organizer, and once is enough', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null, ...objectives });
			const olive = await organizer(stage);
			await olive.calls('publish_forum', { forum_id });
			const before = await stage.visitor.reads('forums', { forum_id }, 'it.published_at');
			expect(before).toHaveLength(1);
			await olive.calls('publish_forum', { forum_id });
			expect(await stage.visitor.reads('forums', { forum_id }, 'it.published_at')).toEqual(before);
		}));

	test('is published by nobody else', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, { published_at: null, ...objectives });
			const mira = await member(stage, 'Mira');
			const stranger = await stage.person('Stranger');
			const gone = await member(stage, 'Gone', { suspended: true });
			await expect(mira.calls('publish_forum', { forum_id })).rejects.toThrow('organizers_only');
			await expect(stranger.calls('publish_forum', { forum_id })).rejects.toThrow('profile_first');
			await expect(gone.calls('publish_forum', { forum_id })).rejects.toThrow('account_suspended');
			await expect(stage.visitor.calls('publish_forum', { forum_id })).rejects.toMatchObject({
				code: '42501'
			});
		}));

	test.each([
		['everything', { place_en: '', place_fr: '', capacity_in_person: null, capacity_online: 0 }],
		['an objective in either language', {}],
		[
			'an objective in French',
			{ objectives_en: ['Meet.', 'Decide.'], objectives_fr: ['Se réunir.'] }
		],
		['an opening', { ...objectives, registration_opens_at: null }],
		['a closing', { ...objectives, registration_closes_at: null }],
		['the place in French', { ...objectives, place_fr: '' }]
	])('waits for %s, and says so as the site does', (_, about) =>
		scene(async (stage) => {
			const row = await forum(stage, { published_at: null, ...about });
			const missing = gapsOf(row as unknown as Parameters<typeof gapsOf>[0]);
			expect(missing).not.toEqual([]);
			const olive = await organizer(stage);
			const refused = await olive
				.calls('publish_forum', { forum_id: row.forum_id })
				.catch((said: { message: string; code: string; detail: string }) => said);
			expect(refused).toMatchObject({ message: 'forum_incomplete', code: 'PT422' });
			expect(JSON.parse((refused as { detail: string }).detail)).toEqual({
				missing,
				first: missing[0]
			});
		})
	);
});

test.each([
	['a zone that nobody knows', { time_zone: 'America/Atlantis' }, 'unknown_time_zone'],
	['an end before the start', { ends_on: '2001-01-01' }, 'forums_dates_in_order'],
	['an address with spaces', { slug: 'a b' }, 'forums_slug_shape'],
	['the address of the page that makes one', { slug: 'new' }, 'forums_slug_shape'],
	[
		'spots online at a forum in person',
		{ format: 'in_person', capacity_online: 4 },
		'forums_capacity_fits_format'
	],
	[
		'objectives in one language',
		{ objectives_en: ['Meet.'], objectives_fr: [] },
		'forums_objectives_in_pairs'
	],
	['a webinar in person', { kind: 'webinar' }, 'forums_webinar_is_online'],
	['registration without a day', { date_precision: 'month' }, 'forums_registration_needs_days']
])('%s is refused', (_, about, key) =>
	scene(async (stage) => {
		await expect(forum(stage, about)).rejects.toThrow(key);
	})
);

test('how full it is, is said in words', () =>
	scene(async (stage) => {
		await forum(stage, { slug: 'roomy', capacity_in_person: 100, capacity_online: 4 });
		const [row] = await stage.visitor.query(
			`select public.spots_in_person(f) as here, public.spots_online(f) as online
			from public.forums f where slug = 'roomy'`
		);
		expect(row).toEqual({ here: 'open', online: 'few' });
	}));

const fresh = {
	kind: 'national',
	name_en: 'Forum in Montréal',
	name_fr: 'Forum à Montréal',
	city: 'Montréal',
	format: 'hybrid',
	time_zone: 'America/Toronto',
	starts_on: '2031-05-02',
	ends_on: '2031-05-03',
	slug: ''
};

/** What the form sends for a forum as it is stored. */
function edited(row: Record<string, unknown>, about: Record<string, unknown> = {}) {
	const names = [
		...[
			'forum_id',
			'version',
			'kind',
			'name_en',
			'name_fr',
			'place_en',
			'place_fr',
			'city',
			'format'
		],
		...['time_zone', 'starts_on', 'ends_on', 'objectives_en', 'objectives_fr'],
		...['registration_opens_at', 'registration_closes_at', 'capacity_in_person', 'capacity_online']
	];
	return { ...Object.fromEntries(names.map((name) => [name, row[name]])), ...about };
}

async function registered(stage: Scene, forum_id: string, name: string, about: object = {}) {
	const person = await member(stage, name);
	const status = 'status' in about ? about.status : 'confirmed';
	await insert(stage, 'registrations', {
		forum_id,
		person_id: person.id,
		mode: 'in_person',
		status,
		name,
		language: 'en',
		province: 'NS',
		sector: 'ngo',
		joined_at: new Date().toISOString(),
		confirmed_at: status === 'confirmed' ? new Date().toISOString() : null
	});
	return person;
}

const emailsOf = (stage: Scene) =>
	stage.sql<{ recipient: string; kind: string }>(
		`select recipient, kind from private.emails where kind in ('forum_cancelled', 'spot_offered') order by 1`
	);

test('making and changing a forum is for organizers', () =>
	scene(async (stage) => {
		const row = await forum(stage);
		const { forum_id } = row;
		const calls: [string, Record<string, unknown>][] = [
			['create_forum', fresh],
			['save_forum', edited(row)],
			['unpublish_forum', { forum_id }],
			['cancel_forum', { forum_id }],
			['delete_forum', { forum_id }]
		];
		const mira = await member(stage, 'Mira');
		const police = await member(stage, 'Police', { sector: 'law_enforcement' });
		const stranger = await stage.person('Stranger');
		for (const [verb, args] of calls) {
			await expect(mira.calls(verb, args), verb).rejects.toThrow('organizers_only');
			await expect(police.calls(verb, args), verb).rejects.toThrow('organizers_only');
			await expect(stranger.calls(verb, args), verb).rejects.toThrow('profile_first');
			await expect(stage.visitor.calls(verb, args), verb).rejects.toMatchObject({ code: '42501' });
		}
	}));

describe('a new forum', () => {
	test('is a draft under city and year, or under the address that was asked for', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			expect(await olive.calls('create_forum', fresh)).toBe('montreal-2031');
			expect(await olive.calls('create_forum', fresh)).toBe('montreal-2031-2');
			expect(await olive.calls('create_forum', { ...fresh, city: '' })).toBe('forum-2031');
			const named = (slug: string) => olive.calls('create_forum', { ...fresh, slug });
			expect(await named('North')).toBe('north');
			await expect(named('north')).rejects.toThrow('forums_slug_once');
			await expect(named('new')).rejects.toThrow('forums_slug_shape');
			expect(await stage.visitor.reads('forums', { slug: 'north' })).toEqual([]);
			expect(await olive.reads('forums', { slug: 'north' })).toMatchObject([
				{ published_at: null, version: 1, name_fr: fresh.name_fr }
			]);
			const acts = await stage.sql(`select from private.audit where action = 'create_forum'`);
			expect(acts).toHaveLength(4);
		}));

	test.each([
		['no name in French', { name_fr: ' ' }, 'forums_name_fr_length'],
		['an end before the start', { ends_on: '2031-05-01' }, 'forums_dates_in_order'],
		['an unknown zone', { time_zone: 'America/Atlantis' }, 'unknown_time_zone'],
		[
			'a year that has passed',
			{ starts_on: '2021-05-02', ends_on: '2021-05-03' },
			'forum_day_passed'
		]
	])('is refused with %s', (_, about, key) =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			await expect(olive.calls('create_forum', { ...fresh, ...about })).rejects.toThrow(key);
		})
	);
});

describe('saving a forum', () => {
	test('takes the version that was seen, tidies lines, and says which fields changed', () =>
		scene(async (stage) => {
			const row = await forum(stage, { published_at: null });
			const olive = await organizer(stage);
			const edit = edited(row, { objectives_en: [' Meet. ', '', ' '], city: ' ' });
			expect(await olive.calls('save_forum', edit)).toBe(2);
			expect(await olive.reads('forums', { forum_id: row.forum_id })).toMatchObject([
				{ version: 2, objectives_en: ['Meet.'], objectives_fr: [], city: null }
			]);
			await expect(olive.calls('save_forum', edit)).rejects.toMatchObject({
				message: 'forum_changed',
				code: 'PT409'
			});
			const [act] = await stage.sql(`select fields from private.audit where action = 'save_forum'`);
			expect(act).toEqual({ fields: ['objectives_en'] });
		}));

	test.each([
		['no name in English', { name_en: 'A' }, 'forums_name_en_length'],
		['an end before the start', { ends_on: '2001-01-01' }, 'forums_dates_in_order'],
		['an unknown zone', { time_zone: 'Mars/Olympus' }, 'unknown_time_zone'],
		[
			'a closing before the opening',
			{ registration_closes_at: '2001-01-01T00:00:00Z' },
			'forums_registration_in_order'
		],
		['spots that do not fit the format', { format: 'online' }, 'forums_capacity_fits_format'],
		['a place that a reader would miss', { place_en: '' }, 'forum_incomplete'],
		[
			'a year that has passed',
			{
				starts_on: '2021-05-02',
				ends_on: '2021-05-03',
				registration_opens_at: null,
				registration_closes_at: null
			},
			'forum_day_passed'
		]
	])('is refused with %s', (_, about, key) =>
		scene(async (stage) => {
			const row = await forum(stage, objectives);
			const olive = await organizer(stage);
			await expect(olive.calls('save_forum', edited(row, about))).rejects.toThrow(key);
		})
	);

	test('leaves a published forum without objectives as it was, and an inexact date', () =>
		scene(async (stage) => {
			const row = await forum(stage, {
				date_precision: 'year',
				registration_opens_at: null,
				registration_closes_at: null
			});
			const olive = await organizer(stage);
			await olive.calls('save_forum', edited(row, { name_en: 'Other name' }));
			const saved = () => olive.reads('forums', { forum_id: row.forum_id });
			expect(await saved()).toMatchObject([{ date_precision: 'year', name_en: 'Other name' }]);
			await olive.calls('save_forum', edited(row, { version: 2, ends_on: '2099-01-01' }));
			expect(await saved()).toMatchObject([{ date_precision: 'day' }]);
		}));

	test('takes no spot from people who are confirmed, and gives new ones to those who wait', () =>
		scene(async (stage) => {
			const row = await forum(stage, { ...objectives, capacity_in_person: 2 });
			const { forum_id } = row;
			await registered(stage, forum_id, 'Ana');
			await registered(stage, forum_id, 'Ben');
			const cleo = await registered(stage, forum_id, 'Cleo', { status: 'waitlisted' });
			const dora = await registered(stage, forum_id, 'Dora', { status: 'waitlisted' });
			const olive = await organizer(stage);
			for (const capacity_in_person of [1, null]) {
				await expect(
					olive.calls('save_forum', edited(row, { capacity_in_person }))
				).rejects.toMatchObject({
					message: 'capacity_in_person_below_confirmed',
					code: 'PT409',
					detail: '{"count": 2}'
				});
			}
			await olive.calls(
				'save_forum',
				edited(row, { capacity_in_person: 3, capacity_online: null })
			);
			const offered = async (person_id: string) =>
				(
					await olive.reads(
						'registrations',
						{ forum_id, person_id },
						'public.offer(it) is not null as offered'
					)
				)[0];
			expect(await offered(cleo.id)).toEqual({ offered: true });
			expect(await offered(dora.id)).toEqual({ offered: false });
			expect(await emailsOf(stage)).toEqual([{ recipient: cleo.email, kind: 'spot_offered' }]);
		}));
});

describe('a published forum', () => {
	test('is a draft again while nobody is registered', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const olive = await organizer(stage);
			await olive.calls('unpublish_forum', { forum_id });
			await olive.calls('unpublish_forum', { forum_id });
			expect(await stage.visitor.reads('forums', { forum_id })).toEqual([]);
			const other = await forum(stage);
			await registered(stage, other.forum_id, 'Ana', { status: 'waitlisted' });
			await expect(
				olive.calls('unpublish_forum', { forum_id: other.forum_id })
			).rejects.toMatchObject({ message: 'forum_has_registrations', code: 'PT409' });
		}));

	test('stays while its report is published', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			await insert(stage, 'reports', {
				forum_id,
				title_en: 'Report',
				title_fr: 'Rapport',
				body_en: 'Text',
				body_fr: 'Texte',
				published_at: new Date().toISOString(),
				published_precision: 'day',
				snapshot: {}
			});
			const olive = await organizer(stage);
			await expect(olive.calls('unpublish_forum', { forum_id })).rejects.toThrow(
				'forum_has_report'
			);
		}));

	test('is cancelled once, and everyone who is registered or waits gets one email', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const ana = await registered(stage, forum_id, 'Ana');
			const ben = await registered(stage, forum_id, 'Ben', { status: 'waitlisted' });
			await registered(stage, forum_id, 'Cleo', { status: 'cancelled' });
			const olive = await organizer(stage);
			await olive.calls('cancel_forum', { forum_id });
			await olive.calls('cancel_forum', { forum_id });
			expect(await emailsOf(stage)).toEqual([
				{ recipient: ana.email, kind: 'forum_cancelled' },
				{ recipient: ben.email, kind: 'forum_cancelled' }
			]);
			expect(await stage.visitor.reads('forums', { forum_id })).toHaveLength(1);
		}));

	test('is not cancelled once it is over, nor as a draft', () =>
		scene(async (stage) => {
			const over = await forum(stage, { starts_on: '2020-01-01', ends_on: '2020-01-01' });
			const draft = await forum(stage, { published_at: null });
			const olive = await organizer(stage);
			const cancel = ({ forum_id }: { forum_id: string }) =>
				olive.calls('cancel_forum', { forum_id });
			await expect(cancel(over)).rejects.toThrow('forum_over');
			await expect(cancel(draft)).rejects.toThrow('forum_is_draft');
		}));
});

test('a draft is deleted while nothing belongs to it', () =>
	scene(async (stage) => {
		const olive = await organizer(stage);
		const remove = ({ forum_id }: { forum_id: string }) =>
			olive.calls('delete_forum', { forum_id });
		await expect(remove(await forum(stage))).rejects.toThrow('forum_published');
		const full = await forum(stage, { published_at: null });
		const { forum_id } = full;
		await insert(stage, 'areas', { forum_id, name_en: 'Work', name_fr: 'Travail', position: 1 });
		await expect(remove(full)).rejects.toMatchObject({ message: 'forum_not_empty', code: 'PT409' });
		const draft = await forum(stage, { published_at: null });
		await remove(draft);
		await expect(remove(draft)).rejects.toThrow('forum_not_found');
		expect(await olive.reads('forums', { forum_id: draft.forum_id })).toEqual([]);
	}));

describe('a role of a forum', () => {
	const day = (days: number) => inDays(days).slice(0, 10);
	const given = (person_id: string, forum_id: string, about = {}) => ({
		person_id,
		role: 'notes',
		forum_id,
		ends_on: null,
		...about
	});
	/** What the guard says of somebody; clients cannot call it. */
	async function has({ sql }: Scene, id: string, role: string, forum_id: string) {
		await sql(`select set_config('request.jwt.claim.sub', $1, true)`, [id]);
		const [row] = await sql<{ it: boolean }>('select private.has_role($1, $2) as it', [
			role,
			forum_id
		]);
		await sql(`select set_config('request.jwt.claim.sub', '', true)`);
		return row!.it;
	}

	test('is of one forum and one kind, lasts until 30 days after the forum, and ends when an organizer says so', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const mira = await member(stage, 'Mira');
			const here = await forum(stage, { ends_on: day(31) });
			const there = await forum(stage);
			for (let time = 0; time < 2; time++) {
				await olive.calls('name_role', given(mira.id, here.forum_id));
			}
			expect(await has(stage, mira.id, 'notes', here.forum_id)).toBe(true);
			expect(await has(stage, mira.id, 'check_in', here.forum_id)).toBe(false);
			expect(await has(stage, mira.id, 'notes', there.forum_id)).toBe(false);
			expect(await has(stage, olive.id, 'notes', here.forum_id)).toBe(false);
			const { roles, forums } = await olive.calls('forum_roles_of', { person_id: mira.id });
			expect(forums).toHaveLength(2);
			expect(roles).toMatchObject([{ role: 'notes', name_en: 'Forum' }]);
			expect(
				await stage.sql(
					`select (ends_at at time zone 'America/Winnipeg')::text = (f.ends_on + 31)::timestamp::text as right
					from private.forum_roles join public.forums f using (forum_id)`
				)
			).toEqual([{ right: true }]);

			const { role_id } = roles[0];
			await olive.calls('end_role', { role_id });
			expect(await has(stage, mira.id, 'notes', here.forum_id)).toBe(false);
			expect((await olive.calls('forum_roles_of', { person_id: mira.id })).roles).toEqual([]);
			expect(
				await stage.sql(
					'select actor_id, action, subject_id, fields, context_id from private.audit'
				)
			).toEqual(
				['name_role', 'end_role'].map((action) => ({
					actor_id: olive.id,
					action,
					subject_id: mira.id,
					fields: ['notes'],
					context_id: here.forum_id
				}))
			);
		}));

	test('gets another end when it is given again, and begins again once it has ended', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const mira = await member(stage, 'Mira');
			const { forum_id } = await forum(stage);
			await olive.calls('name_role', given(mira.id, forum_id));
			await stage.sql(`update private.forum_roles set starts_at = now() - interval '9 days'`);
			await olive.calls('name_role', given(mira.id, forum_id, { ends_on: day(3) }));
			const dates = () =>
				stage.sql<{ early: boolean; short: boolean }>(
					`select starts_at < now() as early, ends_at < now() + interval '5 days' as short from private.forum_roles`
				);
			expect(await dates()).toEqual([{ early: true, short: true }]);
			await stage.sql(`update private.forum_roles set ends_at = now() - interval '1 day'`);
			expect(await has(stage, mira.id, 'notes', forum_id)).toBe(false);
			await olive.calls('name_role', given(mira.id, forum_id));
			expect(await dates()).toEqual([{ early: false, short: false }]);
			expect(await has(stage, mira.id, 'notes', forum_id)).toBe(true);
			const [held] = await stage.sql<{ role_id: string }>(
				'select role_id from private.forum_roles'
			);
			await stage.sql(`update private.forum_roles set starts_at = now() - interval '1 day'`);
			for (let time = 0; time < 2; time++) await olive.calls('end_role', held!);
			expect(await has(stage, mira.id, 'notes', forum_id)).toBe(false);
			expect(await stage.sql(`select from private.audit where action = 'end_role'`)).toHaveLength(
				1
			);
		}));

	test('is given by organizers, to others, with a day that makes sense', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const mira = await member(stage, 'Mira');
			const { forum_id } = await forum(stage);
			const refused = (about: object, message: string) =>
				expect(olive.calls('name_role', given(mira.id, forum_id, about))).rejects.toThrow(message);
			await refused({ person_id: olive.id }, 'another_organizer_first');
			await refused({ person_id: crypto.randomUUID() }, 'person_not_found');
			await refused({ forum_id: crypto.randomUUID() }, 'forum_not_found');
			await refused({ role: null }, 'role_missing');
			await refused({ ends_on: day(-2) }, 'role_end_past');
			await refused({ ends_on: day(30 + 367) }, 'role_end_late');
			const sam = await member(stage, 'Sam', { suspended: true });
			await refused({ person_id: sam.id }, 'person_suspended');
			for (const sector of ['government', 'law_enforcement', null]) {
				const gus = await member(stage, 'Gus', { sector });
				const role = 'needs_reader';
				await refused({ person_id: gus.id, role }, 'needs_reader_of_government');
			}
			await expect(olive.calls('end_role', { role_id: crypto.randomUUID() })).rejects.toThrow(
				'role_not_found'
			);
			for (const someone of [mira, await member(stage, 'Gil', { sector: 'government' })]) {
				for (const [verb, args] of [
					['name_role', given(sam.id, forum_id)],
					['end_role', { role_id: crypto.randomUUID() }],
					['forum_roles_of', { person_id: someone.id }]
				] as const) {
					await expect(someone.calls(verb, args), verb).rejects.toThrow('organizers_only');
				}
			}
			expect(await stage.sql('select from private.forum_roles')).toEqual([]);
		}));

	test('stops with a suspension, goes with the account and a year after its end, and does not keep a draft', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const mira = await member(stage, 'Mira');
			const draft = await forum(stage, { published_at: null });
			await olive.calls('name_role', given(mira.id, draft.forum_id));
			await olive.calls('suspend_person', { person_id: mira.id, reason: 'Spam' });
			expect(await has(stage, mira.id, 'notes', draft.forum_id)).toBe(false);
			await olive.calls('delete_forum', { forum_id: draft.forum_id });
			const { forum_id } = await forum(stage);
			const ned = await member(stage, 'Ned');
			await olive.calls('name_role', given(ned.id, forum_id));
			await olive.calls('name_role', given(ned.id, forum_id, { role: 'check_in' }));
			await stage.sql(
				`update private.forum_roles set starts_at = now() - interval '3 years', ends_at = now() - interval '366 days'
				where role = 'notes'`
			);
			expect(await stage.service.calls('delete_old_data')).toMatchObject({ forum_roles: 1 });
			await ned.calls('delete_my_account');
			expect(await stage.sql('select from private.forum_roles')).toEqual([]);
		}));
});
