import { describe, expect, test } from 'vitest';
import { gapsOf } from '../../src/lib/forums/rules';
import { breakout, confirmed, forum, inDays, insert, member, organizer } from './builders';
import { scene, type Persona, type Scene } from './scene';

type Row = Record<string, unknown> & { forum_id: string };

const objectives = { objectives_en: ['Meet.'], objectives_fr: ['Se réunir.'] };
const day = (days: number) => inDays(days).slice(0, 10);

/** What the form of facts sends for a forum as it is stored. */
function facts(row: Row, about: Record<string, unknown> = {}) {
	const names = [
		...['forum_id', 'beside_en', 'beside_fr', 'beside_url', 'territory_en', 'territory_fr'],
		...['territory_confirmed', 'funders_en', 'funders_fr', 'papers_en', 'papers_fr']
	];
	const stored = Object.fromEntries(names.map((name) => [name, row[name]]));
	return { ...stored, version: row.facts_version, ...about };
}

/** A meeting of before this site, as it is typed in. */
function meeting(about: Record<string, unknown> = {}) {
	return {
		forum_id: crypto.randomUUID(),
		version: 0,
		kind: 'national',
		name_en: 'Meeting in Windsor',
		name_fr: 'Rencontre de Windsor',
		place_en: 'Windsor, Ontario',
		place_fr: 'Windsor (Ontario)',
		city: 'Windsor',
		format: 'in_person',
		starts_on: '2009-01-01',
		ends_on: '2009-12-31',
		date_precision: 'year',
		objectives_en: [],
		objectives_fr: [],
		participants: 50,
		participants_qualifier: 'over',
		provinces: ['ON', 'QC'],
		sectors: ['ngo'],
		...about
	};
}

async function stored({ sql }: Scene, forum_id: string): Promise<Row> {
	const [row] = await sql<Row>(
		'select to_jsonb(f) as row from public.forums f where forum_id = $1',
		[forum_id]
	);
	return row!.row as Row;
}

async function actsOf({ sql }: Scene): Promise<string[]> {
	const rows = await sql<{ action: string }>(
		'select action from private.audit order by acted_at, audit_id'
	);
	return rows.map(({ action }) => action);
}

function registers(person: Persona, forum_id: string) {
	return person.calls('register', {
		forum_id,
		mode: 'in_person',
		name: 'Someone',
		language: 'en',
		province: 'NS',
		sector: 'ngo',
		organization_name: null,
		discreet: false
	});
}

test('each of these verbs is for organizers', () =>
	scene(async (stage) => {
		const row = await forum(stage);
		const { forum_id } = row;
		const calls: [string, Record<string, unknown>][] = [
			['reopen_forum', { forum_id }],
			['set_registration_closed', { forum_id, closed: true }],
			['set_forum_archived', { forum_id, archived: true }],
			['save_forum_facts', facts(row)],
			['save_past_forum', meeting()],
			['clone_forum', { forum_id, copy_id: crypto.randomUUID(), starts_on: day(400) }]
		];
		const mira = await member(stage, 'Mira');
		const police = await member(stage, 'Police', { sector: 'law_enforcement' });
		const gone = await member(stage, 'Gone', { suspended: true });
		const stranger = await stage.person('Stranger');
		const olive = await organizer(stage);
		for (const [verb, args] of calls) {
			await expect(mira.calls(verb, args), verb).rejects.toThrow('organizers_only');
			await expect(police.calls(verb, args), verb).rejects.toThrow('organizers_only');
			await expect(gone.calls(verb, args), verb).rejects.toThrow('account_suspended');
			await expect(stranger.calls(verb, args), verb).rejects.toThrow('profile_first');
			await expect(stage.visitor.calls(verb, args), verb).rejects.toMatchObject({ code: '42501' });
			if (verb === 'save_past_forum') continue;
			const elsewhere = { ...args, forum_id: crypto.randomUUID() };
			await expect(olive.calls(verb, elsewhere), verb).rejects.toThrow('forum_not_found');
		}
		expect(await actsOf(stage)).toEqual([]);
		expect(await stored(stage, forum_id)).toEqual(row);
	}));

describe('registration that is closed by hand', () => {
	test('takes nobody any more until it is reopened, whatever its dates say', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, objectives);
			const olive = await organizer(stage);
			const ana = await member(stage, 'Ana');
			const set = (closed: boolean) => olive.calls('set_registration_closed', { forum_id, closed });
			await set(true);
			const { registration_closed_at } = await stored(stage, forum_id);
			await set(true);
			expect((await stored(stage, forum_id)).registration_closed_at).toBe(registration_closed_at);
			await expect(registers(ana, forum_id)).rejects.toMatchObject({
				message: 'registration_closed',
				code: 'PT409'
			});
			const home = await ana.calls('home_page');
			expect(home.page.forums).toMatchObject([{ registration_open: false }]);
			const { forums } = await olive.calls('organize');
			expect(Date.parse(forums[0].registration_closes_at)).toBe(
				Date.parse(registration_closed_at as string)
			);
			await set(false);
			await set(false);
			expect(await registers(ana, forum_id)).toMatchObject([{ outcome: 'confirmed' }]);
			expect(await actsOf(stage)).toEqual(['close_registration', 'reopen_registration']);
		}));

	test.each([
		['a draft', { published_at: null }],
		['a forum that is cancelled', { cancelled_at: inDays(-1) }],
		['registration that has not opened', { registration_opens_at: inDays(1) }],
		['registration whose dates are over', { registration_closes_at: inDays(-1) }],
		['a forum without dates', { registration_opens_at: null, registration_closes_at: null }],
		['a forum that is over', { starts_on: day(-9), ends_on: day(-9) }]
	])('is refused for %s, and so is reopening', (_, about) =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, about);
			const other = await forum(stage, { ...about, registration_closed_at: inDays(-2) });
			const olive = await organizer(stage);
			await expect(
				olive.calls('set_registration_closed', { forum_id, closed: true })
			).rejects.toMatchObject({ message: 'registration_outside_dates', code: 'PT409' });
			await expect(
				olive.calls('set_registration_closed', { forum_id: other.forum_id, closed: false })
			).rejects.toThrow('registration_outside_dates');
		})
	);
});

describe('a forum that was cancelled', () => {
	test('is reopened once; registrations are as before, and everyone who has one gets an email', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage);
			const ana = await member(stage, 'Ana');
			const ben = await member(stage, 'Ben');
			const cleo = await member(stage, 'Cleo');
			await confirmed(stage, ana, forum_id);
			await confirmed(stage, ben, forum_id, { status: 'waitlisted', confirmed_at: null });
			await confirmed(stage, cleo, forum_id, { status: 'cancelled', confirmed_at: null });
			const olive = await organizer(stage);
			await olive.calls('cancel_forum', { forum_id });
			await olive.calls('set_forum_archived', { forum_id, archived: true });
			for (let time = 0; time < 2; time++) await olive.calls('reopen_forum', { forum_id });
			expect(await stored(stage, forum_id)).toMatchObject({
				cancelled_at: null,
				archived_at: null
			});
			expect(
				await stage.sql(
					`select recipient from private.emails where kind = 'forum_reopened' order by 1`
				)
			).toEqual([{ recipient: ana.email }, { recipient: ben.email }]);
			expect(await ana.reads('registrations', { forum_id })).toMatchObject([
				{ status: 'confirmed' }
			]);
			expect(await actsOf(stage)).toEqual(['cancel_forum', 'archive_forum', 'reopen_forum']);
			await olive.calls('cancel_forum', { forum_id });
			expect((await stored(stage, forum_id)).cancelled_at).not.toBeNull();
		}));

	test('stays cancelled once its last day has passed', () =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, {
				starts_on: day(-9),
				ends_on: day(-9),
				cancelled_at: inDays(-20)
			});
			const olive = await organizer(stage);
			await expect(olive.calls('reopen_forum', { forum_id })).rejects.toMatchObject({
				message: 'forum_over_for_good',
				code: 'PT409'
			});
		}));
});

describe('the archive', () => {
	test('takes a forum that is over or cancelled, and gives it back; its page stays', () =>
		scene(async (stage) => {
			const over = await forum(stage, { starts_on: day(-9), ends_on: day(-9) });
			const cancelled = await forum(stage, { cancelled_at: inDays(-1) });
			const olive = await organizer(stage);
			for (const { forum_id } of [over, cancelled]) {
				const set = (archived: boolean) =>
					olive.calls('set_forum_archived', { forum_id, archived });
				await set(true);
				await set(true);
				expect((await stored(stage, forum_id)).archived_at).not.toBeNull();
				expect(await stage.visitor.reads('forums', { forum_id })).toHaveLength(1);
				await set(false);
				await set(false);
				expect((await stored(stage, forum_id)).archived_at).toBeNull();
			}
			const once = ['archive_forum', 'unarchive_forum'];
			expect(await actsOf(stage)).toEqual([...once, ...once]);
		}));

	test.each([
		['a forum that is coming', {}],
		['a draft', { published_at: null, starts_on: day(-9), ends_on: day(-9) }]
	])('refuses %s', (_, about) =>
		scene(async (stage) => {
			const { forum_id } = await forum(stage, about);
			const olive = await organizer(stage);
			await expect(
				olive.calls('set_forum_archived', { forum_id, archived: true })
			).rejects.toMatchObject({ message: 'forum_not_over', code: 'PT409' });
		})
	);
});

test('a draft is deleted with its program and questions, but not once somebody is invited or registered', () =>
	scene(async (stage) => {
		const olive = await organizer(stage);
		const draft = async () => {
			const { forum_id } = await forum(stage, { published_at: null });
			await breakout(stage, forum_id);
			const question = {
				forum_id,
				position: 1,
				kind: 'text',
				text_en: 'Why?',
				text_fr: 'Pourquoi?'
			};
			await insert(stage, 'questions', { question_id: crypto.randomUUID(), ...question });
			await stage.sql('insert into private.registration_rules (forum_id) values ($1)', [forum_id]);
			return forum_id;
		};
		const forum_id = await draft();
		await olive.calls('delete_forum', { forum_id });
		expect(await olive.reads('forums', { forum_id })).toEqual([]);
		expect(await olive.reads('sessions', { forum_id })).toEqual([]);
		expect(await olive.reads('questions', { forum_id })).toEqual([]);

		const taken = await draft();
		await confirmed(stage, await member(stage, 'Ana'), taken);
		const invited = await draft();
		await stage.sql(
			`insert into private.invitations (forum_id, email, mode, expires_at)
			values ($1, 'someone@example.org', 'online', now() + interval '1 day')`,
			[invited]
		);
		for (const full of [taken, invited]) {
			await expect(olive.calls('delete_forum', { forum_id: full })).rejects.toThrow(
				'forum_not_empty'
			);
			expect(await olive.reads('sessions', { forum_id: full })).toHaveLength(1);
			expect(await olive.reads('questions', { forum_id: full })).toHaveLength(1);
		}
	}));

describe('kinds of meeting', () => {
	test('a webinar is online, and so has no spots in person', () =>
		scene(async (stage) => {
			const online = { kind: 'webinar', format: 'online', capacity_in_person: null };
			const row = await forum(stage, online);
			expect(row).toMatchObject({ kind: 'webinar' });
			const olive = await organizer(stage);
			await expect(olive.calls('save_past_forum', meeting({ kind: 'webinar' }))).rejects.toThrow(
				'forums_webinar_is_online'
			);
		}));
});

describe('the facts of a forum', () => {
	const whole = {
		beside_en: ' Fall consultation ',
		beside_fr: 'Consultation d’automne',
		beside_url: 'https://example.org/fall',
		territory_en: 'Treaty 1 territory.',
		territory_fr: 'Territoire du Traité no 1.',
		territory_confirmed: true,
		funders_en: ['One fund', '', 'Another fund'],
		funders_fr: ['Un fonds', 'Un autre fonds'],
		papers_en: ['Last report https://example.org/last.pdf'],
		papers_fr: []
	};

	test('are saved over the version that was seen, tidied, and the audit has the fields', () =>
		scene(async (stage) => {
			const row = await forum(stage, objectives);
			const olive = await organizer(stage);
			expect(await olive.calls('save_forum_facts', facts(row, whole))).toBe(2);
			expect(await stage.visitor.reads('forums', { forum_id: row.forum_id })).toMatchObject([
				{ ...whole, beside_en: 'Fall consultation', funders_en: ['One fund', 'Another fund'] }
			]);
			await expect(olive.calls('save_forum_facts', facts(row, whole))).rejects.toMatchObject({
				message: 'forum_changed',
				code: 'PT409'
			});
			const [act] = await stage.sql<{ fields: string[] }>(
				`select fields from private.audit where action = 'save_forum_facts'`
			);
			expect(act!.fields).toContain('territory_confirmed');
			expect(act!.fields).not.toContain('papers_fr');
		}));

	test.each([
		['a parent event in one language', { beside_fr: 'Colloque' }, ['beside_en']],
		[
			'a link to a parent event without name',
			{ beside_url: 'https://example.org' },
			['beside_en', 'beside_fr']
		],
		['a territory in one language', { territory_en: 'Treaty 1.' }, ['territory_fr']],
		[
			'fewer funders in English',
			{ funders_fr: ['Un', 'Deux'], funders_en: ['One'] },
			['funders_en']
		],
		['fewer funders in French', { funders_en: ['One'] }, ['funders_fr']]
	])('%s waits in a draft, and is refused once published', (_, about, missing) =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const draft = await forum(stage, { ...objectives, published_at: null });
			await olive.calls('save_forum_facts', facts(draft, about));
			const refusal = {
				message: 'forum_incomplete',
				detail: JSON.stringify({ first: missing[0], missing })
			};
			const saved = await stored(stage, draft.forum_id);
			expect(gapsOf(saved as unknown as Parameters<typeof gapsOf>[0])).toEqual(missing);
			const whole = await forum(stage, objectives);
			for (const refused of [
				() => olive.calls('publish_forum', { forum_id: draft.forum_id }),
				() => olive.calls('save_forum_facts', facts(whole, about))
			]) {
				const said = await refused().catch((error: { message: string; detail: string }) => error);
				expect(said.message).toBe(refusal.message);
				expect([...JSON.parse(said.detail).missing].sort()).toEqual([...missing].sort());
			}
		})
	);

	test.each([
		['no link', { papers_en: ['Last report'] }, 'forums_papers_have_links'],
		['a link without title', { papers_fr: ['https://example.org'] }, 'forums_papers_have_links'],
		['a script', { papers_en: ['Report javascript:alert(1)'] }, 'forums_papers_have_links'],
		['a second line', { papers_en: ['A https://example.org', 'B'] }, 'forums_papers_have_links'],
		['a script beside', { beside_url: 'javascript:alert(1)' }, 'forums_beside_url_shape'],
		[
			'a territory confirmed and empty',
			{ territory_confirmed: true },
			'forums_territory_confirmed_whole'
		],
		['too much', { funders_en: ['x'.repeat(2001)], funders_fr: ['x'] }, 'forums_funders_en_length']
	])('are refused with %s', (_, about, key) =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const row = await forum(stage, { ...objectives, published_at: null });
			await expect(olive.calls('save_forum_facts', facts(row, about))).rejects.toThrow(key);
		})
	);
});

describe('a meeting of before this site', () => {
	test('is entered in one go: published, archived, once, and without registration', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const typed = meeting();
			expect(await olive.calls('save_past_forum', typed)).toBe('windsor-2009');
			expect(await olive.calls('save_past_forum', typed)).toBe('windsor-2009');
			expect(await olive.calls('save_past_forum', meeting())).toBe('windsor-2009-2');
			const { forum_id } = typed;
			expect(await stage.visitor.reads('forums', { forum_id })).toMatchObject([
				{
					date_precision: 'year',
					participants: 50,
					participants_qualifier: 'over',
					sectors: ['ngo']
				}
			]);
			expect(await stored(stage, forum_id)).toMatchObject({
				registration_opens_at: null,
				version: 1
			});
			expect((await stored(stage, forum_id)).archived_at).not.toBeNull();
			const ana = await member(stage, 'Ana');
			await expect(registers(ana, forum_id)).rejects.toThrow('registration_forum_over');
			expect(await actsOf(stage)).toEqual(['save_past_forum', 'save_past_forum']);
		}));

	test('is corrected at the version that was seen, taken down and published again without objectives', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const typed = meeting();
			const { forum_id } = typed;
			await olive.calls('save_past_forum', typed);
			const edit = { ...typed, version: 1, starts_on: '2009-05-01', ends_on: '2009-05-31' };
			await olive.calls('save_past_forum', {
				...edit,
				date_precision: 'month',
				participants: null
			});
			expect(await stored(stage, forum_id)).toMatchObject({
				slug: 'windsor-2009',
				date_precision: 'month',
				participants: null,
				participants_qualifier: null,
				version: 2
			});
			await expect(olive.calls('save_past_forum', edit)).rejects.toThrow('forum_changed');
			await olive.calls('unpublish_forum', { forum_id });
			await olive.calls('publish_forum', { forum_id });
			const row = await stored(stage, forum_id);
			expect(gapsOf(row as unknown as Parameters<typeof gapsOf>[0])).toEqual([]);
		}));

	test.each([
		[
			'a meeting to come',
			{ starts_on: day(3), ends_on: day(3), date_precision: 'day' },
			'forum_not_past'
		],
		['an end before the start', { ends_on: '2008-12-31' }, 'forums_dates_in_order'],
		['no place in French', { place_fr: ' ' }, 'forum_incomplete'],
		['objectives in one language', { objectives_en: ['Meet.'] }, 'forum_incomplete'],
		['no name', { name_en: '' }, 'forums_name_en_length'],
		['nobody', { participants: 0 }, 'forums_participants_positive'],
		['a sector that nobody knows', { sectors: ['wizards'] }, 'unknown_sectors'],
		['a version of nothing', { version: 3 }, 'forum_not_found']
	])('is refused as %s', (_, about, key) =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			await expect(olive.calls('save_past_forum', meeting(about))).rejects.toThrow(key);
		})
	);

	test('is none when registration took place here', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const { forum_id } = await forum(stage, { starts_on: day(-9), ends_on: day(-9) });
			await expect(
				olive.calls('save_past_forum', meeting({ forum_id, version: 1 }))
			).rejects.toMatchObject({ message: 'forum_had_registration', code: 'PT409' });
		}));
});

describe('a copy of a forum', () => {
	test('is a draft with facts, questions, rules and program on its own days, once, and without anybody', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const ana = await member(stage, 'Ana');
			const row = await forum(stage, {
				...objectives,
				kind: 'regional',
				city: 'Winnipeg',
				starts_on: '2030-03-08',
				ends_on: '2030-03-09',
				territory_en: 'Treaty 1.',
				territory_fr: 'Traité no 1.',
				territory_confirmed: true,
				funders_en: ['One'],
				funders_fr: ['Un'],
				participants: 60,
				participants_qualifier: 'about'
			});
			const { forum_id } = row;
			await confirmed(stage, ana, forum_id);
			const question = { forum_id, kind: 'text', text_en: 'Why?', text_fr: 'Pourquoi?' };
			const asked = { question_id: crypto.randomUUID(), ...question, position: 1 };
			await insert(stage, 'questions', asked);
			await insert(stage, 'questions', {
				...question,
				question_id: crypto.randomUUID(),
				position: 2,
				hidden_at: inDays(-1)
			});
			await insert(stage, 'answers', {
				question_id: asked.question_id,
				person_id: ana.id,
				text: 'So'
			});
			// 9:00 in Winnipeg, before clocks are turned; the copy is in summer.
			const session_id = await breakout(stage, forum_id, {
				starts_at: '2030-03-08T15:00:00Z',
				ends_at: '2030-03-08T16:00:00Z'
			});
			await ana.calls('sign_up', { session_id });
			await stage.sql(
				`insert into private.registration_rules (forum_id, approval, offer_hours) values ($1, 'all', 12)`,
				[forum_id]
			);
			await olive.calls('name_role', { person_id: ana.id, role: 'notes', forum_id, ends_on: null });
			await olive.calls('invite', {
				forum_id,
				emails: ['new@example.org'],
				mode: 'online',
				holds_spot: false,
				language: 'en',
				days: 5
			});

			const copy_id = crypto.randomUUID();
			const copy = { forum_id, copy_id, starts_on: '2031-06-06' };
			expect(await olive.calls('clone_forum', copy)).toBe('winnipeg-2031');
			expect(await olive.calls('clone_forum', copy)).toBe('winnipeg-2031');
			expect(await stored(stage, copy_id)).toMatchObject({
				name_en: 'Forum (copy)',
				name_fr: 'Forum (fr) (copie)',
				kind: 'regional',
				starts_on: '2031-06-06',
				ends_on: '2031-06-07',
				...objectives,
				funders_fr: ['Un'],
				territory_en: 'Treaty 1.',
				territory_confirmed: false,
				capacity_online: 10,
				registration_opens_at: null,
				registration_closes_at: null,
				published_at: null,
				participants: null,
				version: 1
			});
			expect(await stage.visitor.reads('forums', { forum_id: copy_id })).toEqual([]);
			expect(await olive.reads('questions', { forum_id: copy_id })).toMatchObject([
				{ text_fr: 'Pourquoi?', position: 1, hidden_at: null }
			]);
			const [session] = await stage.sql<{ local: string }>(
				`select (starts_at at time zone 'America/Winnipeg')::text as local from public.session_drafts where forum_id = $1`,
				[copy_id]
			);
			expect(session).toEqual({ local: '2031-06-06 09:00:00' });
			expect(
				await stage.sql(
					'select approval, offer_hours from private.registration_rules where forum_id = $1',
					[copy_id]
				)
			).toEqual([{ approval: 'all', offer_hours: 12 }]);
			const tables = await stage.sql<{ name: string }>(
				`select distinct table_name as name from private.personal_columns p
				where exists (select from information_schema.columns c
					where c.table_schema || '.' || c.table_name = p.table_name and c.column_name = 'forum_id')`
			);
			expect(tables.length).toBeGreaterThan(3);
			for (const { name } of tables) {
				expect(await stage.sql(`select from ${name} where forum_id = $1`, [copy_id]), name).toEqual(
					[]
				);
			}
			expect((await actsOf(stage)).filter((act) => act === 'clone_forum')).toHaveLength(1);
			await olive.calls('delete_forum', { forum_id: copy_id });
		}));

	test('has one day when the year alone was known, and needs a first day', () =>
		scene(async (stage) => {
			const olive = await organizer(stage);
			const typed = meeting({ name_en: 'x'.repeat(160) });
			const { forum_id } = typed;
			await olive.calls('save_past_forum', typed);
			const copy_id = crypto.randomUUID();
			await expect(
				olive.calls('clone_forum', { forum_id, copy_id, starts_on: null })
			).rejects.toThrow('forum_day_missing');
			await expect(
				olive.calls('clone_forum', { forum_id, copy_id, starts_on: '2021-06-06' })
			).rejects.toThrow('forum_day_passed');
			await olive.calls('clone_forum', { forum_id, copy_id, starts_on: '2031-06-06' });
			expect(await stored(stage, copy_id)).toMatchObject({
				ends_on: '2031-06-06',
				date_precision: 'day',
				archived_at: null
			});
		}));
});
