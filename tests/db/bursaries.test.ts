import { describe, expect, test } from 'vitest';
import { confirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const costs = { travel: 0, lodging: 0, meals: 0, care: 0, fee: 0, lost_pay: 0, other: 0 };
const asks = (person: Persona, forum_id: string, about: object = {}) =>
	person.calls('request_bursary', {
		forum_id,
		...costs,
		travel: 40_000,
		meals: 10_000,
		organization_pays: false,
		words: '',
		...about
	});

const rules = (by: Persona, forum_id: string, requests_until: unknown = inDays(10).slice(0, 10)) =>
	by.calls('save_bursary_rules', { forum_id, requests_until, budget: 770_000 });

async function offers(s: Scene, about = {}) {
	const olive = await organizer(s);
	await isOf(s, olive, 'Olive House');
	const row = await forum(s, about);
	await rules(olive, row.forum_id);
	return { olive, forum_id: row.forum_id, slug: row.slug as string };
}

async function isOf(s: Scene, person: Persona, organization: string | null) {
	await s.sql('update public.people set organization_name = $2 where person_id = $1', [
		person.id,
		organization
	]);
}

async function takesPart(s: Scene, name: string, forum_id: string, status = 'confirmed') {
	const person = await member(s, name);
	const confirmed_at = status === 'confirmed' ? inDays(-3) : null;
	await confirmed(s, person, forum_id, { status, confirmed_at, name });
	return person;
}

interface Mine {
	may_ask: boolean;
	request: (Record<string, unknown> & { bursary_id: string; version: number }) | null;
	readings: { reader: string }[];
}
const mine = (person: Persona, slug: string) => person.calls<Mine>('my_bursary', { slug });

interface List {
	totals: Record<string, number>;
	hidden: number;
	requests: { bursary_id: string; name: string; ended: boolean }[];
	figures: object | null;
	more: boolean;
}
const list = (by: Persona, slug: string, decided = false) =>
	by.calls<List>('bursaries_for_organizers', { slug, decided });

/** Ana, who asks for 500 dollars; her request as she sees it. */
async function asked(s: Scene, forum_id: string, slug: string, name = 'Ana') {
	const ana = await takesPart(s, name, forum_id);
	await asks(ana, forum_id);
	const { request } = await mine(ana, slug);
	return { ana, bursary_id: request!.bursary_id, version: request!.version };
}

const decide = (by: Persona, bursary_id: string, decision: unknown, about: object = {}) =>
	by.calls('decide_bursary', {
		bursary_id,
		version: 1,
		decision,
		granted: null,
		reason: 'We can.',
		...about
	});

const emails = (s: Scene, person: Persona) =>
	s.sql(`select kind, facts ->> 'granted' as granted from private.emails where recipient = $1`, [
		person.email
	]);

describe('asking', () => {
	test.each(['confirmed', 'waitlisted', 'pending'])(
		'by somebody who is %s is one request',
		(status) =>
			scene(async (s) => {
				const { forum_id, slug } = await offers(s);
				const ana = await takesPart(s, 'Ana', forum_id, status);
				expect(await mine(ana, slug)).toMatchObject({ may_ask: true, request: null });
				await asks(ana, forum_id);
				await asks(ana, forum_id, { care: 5_000, organization_pays: true, words: ' A train. ' });
				expect(await mine(ana, slug)).toMatchObject({
					may_ask: true,
					readings: [],
					request: {
						total: 55_000,
						care: 5_000,
						organization_pays: true,
						words: 'A train.',
						version: 2,
						decision: null
					}
				});
				const columns = 'public.bursary(it) as bursary';
				expect(await ana.reads('registrations', {}, columns)).toMatchObject([
					{ bursary: { total: 55_000, decision: null } }
				]);
			})
	);

	test.each([
		['nothing', { travel: 0, meals: 0 }, 'bursaries_ask_for_something'],
		['less than nothing', { care: -1 }, 'bursaries_costs_range'],
		['more than 10,000 dollars for one kind', { care: 1_000_001 }, 'bursaries_costs_range'],
		['a novel', { words: 'a'.repeat(601) }, 'bursaries_words_length']
	])('for %s is refused', (_, about, constraint) =>
		scene(async (s) => {
			const { forum_id, slug } = await offers(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			await expect(asks(ana, forum_id, about)).rejects.toMatchObject({ constraint });
			expect((await mine(ana, slug)).request).toBeNull();
		})
	);

	test('is for who takes part, until the last day; what waits can be changed later too', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			const bea = await takesPart(s, 'Bea', forum_id);
			await asks(ana, forum_id);
			const stranger = await member(s, 'Stranger');
			expect(await mine(stranger, slug)).toBeNull();
			await expect(asks(stranger, forum_id)).rejects.toThrow('not_registered');
			await expect(s.visitor.calls('my_bursary', { slug })).rejects.toThrow(/denied/);
			const sam = await takesPart(s, 'Sam', forum_id);
			await s.sql('update public.people set suspended_at = now() where person_id = $1', [sam.id]);
			await expect(asks(sam, forum_id)).rejects.toThrow('account_suspended');
			await rules(olive, forum_id, inDays(-3).slice(0, 10));
			await expect(asks(bea, forum_id)).rejects.toMatchObject({
				message: 'bursaries_closed',
				code: 'PT409'
			});
			expect(await mine(bea, slug)).toMatchObject({ may_ask: false, request: null });
			await asks(ana, forum_id, { travel: 1 });
			await rules(olive, forum_id, null);
			expect(await mine(bea, slug)).toBeNull();
			expect(await mine(ana, slug)).toMatchObject({ may_ask: true, until: null });
			const ends = inDays(31).slice(0, 10);
			await expect(rules(olive, forum_id, ends)).rejects.toThrow('bursary_day');
		}));

	test('is announced to everybody while it is possible', () =>
		scene(async (s) => {
			const { olive, forum_id } = await offers(s);
			const columns = 'public.bursaries_until(it) as until';
			const until = async () => (await s.visitor.reads('forums', { forum_id }, columns))[0]!.until;
			expect(await until()).toBe(inDays(10).slice(0, 10));
			await rules(olive, forum_id, inDays(-3).slice(0, 10));
			expect(await until()).toBeNull();
		}));

	test('ends when it is deleted, and with the registration while nobody has decided', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const { ana } = await asked(s, forum_id, slug);
			await ana.calls('delete_bursary', { forum_id });
			await ana.calls('delete_bursary', { forum_id });
			expect((await mine(ana, slug)).request).toBeNull();
			await asks(ana, forum_id);
			const { request } = await mine(ana, slug);
			await ana.calls('cancel_registration', { forum_id });
			expect(await mine(ana, slug)).toBeNull();
			await expect(decide(olive, request!.bursary_id, 'full')).rejects.toThrow('bursary_not_found');
			const { ana: bea, bursary_id } = await asked(s, forum_id, slug, 'Bea');
			await decide(olive, bursary_id, 'full');
			await olive.calls('mark_bursary', { bursary_id, paid_on: inDays(-1).slice(0, 10) });
			await bea.calls('cancel_registration', { forum_id });
			expect((await list(olive, slug, true)).requests).toMatchObject([
				{ name: 'Bea', ended: true }
			]);
			await expect(bea.calls('delete_bursary', { forum_id })).rejects.toThrow('bursary_paid');
		}));
});

describe('deciding', () => {
	test('all, part or nothing, with a reason that the person reads and an email', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const { ana, bursary_id } = await asked(s, forum_id, slug);
			for (const [decision, about, said] of [
				[null, {}, 'bursary_decision_missing'],
				['part', {}, 'bursaries_part_of_total'],
				['part', { granted: 0 }, 'bursaries_part_of_total'],
				['part', { granted: -5 }, 'bursaries_part_of_total'],
				['part', { granted: 50_000 }, 'bursaries_part_of_total'],
				['part', { granted: 20_000, reason: ' ' }, 'bursaries_reason_of_no'],
				['refused', { reason: '' }, 'bursaries_reason_of_no'],
				['refused', { reason: 'No' }, 'bursaries_reason_length'],
				['full', { version: 2 }, 'bursary_changed']
			] as const) {
				await expect(decide(olive, bursary_id, decision, about)).rejects.toThrow(said);
			}
			expect(await emails(s, ana)).toEqual([]);
			const part = { granted: 20_000, reason: 'All that is left.' };
			await decide(olive, bursary_id, 'part', part);
			expect(await mine(ana, slug)).toMatchObject({
				may_ask: false,
				request: { decision: 'part', granted: 20_000, reason: 'All that is left.' }
			});
			expect(await emails(s, ana)).toEqual([{ kind: 'bursary_decided', granted: '20000' }]);
			await expect(asks(ana, forum_id)).rejects.toThrow('bursary_decided');
			// Twice is a decision about what was not read.
			await expect(decide(olive, bursary_id, 'part', part)).rejects.toThrow('bursary_changed');
			await decide(olive, bursary_id, 'full', { version: 2, reason: '' });
			expect((await mine(ana, slug)).request).toMatchObject({ granted: 50_000, reason: null });
		}));

	test('is followed by a payment that is marked by hand and can be taken back', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const { ana, bursary_id, version } = await asked(s, forum_id, slug);
			const pay = (days: number | null) =>
				olive.calls('mark_bursary', {
					bursary_id,
					paid_on: days === null ? null : inDays(days).slice(0, 10)
				});
			await expect(pay(-1)).rejects.toMatchObject({ constraint: 'bursaries_paid_when_granted' });
			await decide(olive, bursary_id, 'full');
			for (const days of [2, -800]) await expect(pay(days)).rejects.toThrow('bursary_paid_day');
			await pay(-1);
			await pay(-1);
			const again = decide(olive, bursary_id, 'refused', { version: version + 1 });
			await expect(again).rejects.toThrow('bursary_paid');
			expect((await list(olive, slug, true)).totals).toMatchObject({
				granted: 50_000,
				paid: 50_000
			});
			await pay(null);
			expect((await mine(ana, slug)).request).toMatchObject({ paid_on: null, granted: 50_000 });
			const acts = await s.sql<{ action: string }>(
				'select action from private.audit where subject_id = $1 order by action',
				[bursary_id]
			);
			expect(acts.map(({ action }) => action)).toEqual([
				'decide_bursary',
				'mark_bursary_paid',
				'reopen_bursary'
			]);
		}));

	test('needs an organizer: no visitor, nobody else, nobody suspended', () =>
		scene(async (s) => {
			const { forum_id, slug } = await offers(s);
			const { ana, bursary_id } = await asked(s, forum_id, slug);
			const bea = await takesPart(s, 'Bea', forum_id);
			const sam = await member(s, 'Sam', { suspended: true });
			await s.sql(`insert into private.roles (person_id, role) values ($1, 'organizer')`, [sam.id]);
			for (const [person, said] of [
				[s.visitor, /denied/],
				[ana, 'organizers_only'],
				[bea, 'organizers_only'],
				[sam, 'account_suspended']
			] as const) {
				await expect(decide(person as Persona, bursary_id, 'full')).rejects.toThrow(said);
				for (const [verb, args] of Object.entries({
					read_bursary: { bursary_id },
					mark_bursary: { bursary_id, paid_on: null },
					save_bursary_rules: { forum_id, requests_until: null, budget: null },
					bursaries_for_organizers: { slug }
				})) {
					await expect(person.calls(verb, args)).rejects.toThrow(said);
				}
			}
			const columns = 'public.bursary(it) as bursary';
			expect(await bea.reads('registrations', { person_id: ana.id }, columns)).toEqual([]);
		}));
});

describe('a conflict of interest', () => {
	test.each([
		['profile', 'Maple House'],
		['profile, written otherwise', ' MAPLE-house. '],
		['profile, with accents', 'Maplé House']
	])('hides the request of a colleague from an organizer (%s)', (_, organization) =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const { ana, bursary_id } = await asked(s, forum_id, slug);
			await isOf(s, ana, 'Maple House');
			const omar = await organizer(s, 'Omar');
			await isOf(s, omar, organization);
			const seen = await list(omar, slug);
			expect(seen).toMatchObject({
				requests: [],
				hidden: 1,
				totals: { waiting: 0, decided: 0, asked: 0, granted: 0, paid: 0 }
			});
			expect(JSON.stringify(seen)).not.toMatch(/Ana|50000|Maple/);
			for (const refused of [
				() => omar.calls('read_bursary', { bursary_id }),
				() => omar.calls('mark_bursary', { bursary_id, paid_on: null }),
				() => decide(omar, bursary_id, 'full')
			]) {
				await expect(refused()).rejects.toMatchObject({
					message: 'bursary_conflict',
					code: 'PT403'
				});
			}
			expect((await mine(ana, slug)).readings).toEqual([]);
			expect(await list(olive, slug)).toMatchObject({ requests: [{ name: 'Ana' }], hidden: 0 });
			const waiting = async (person: Persona) =>
				(await person.calls<{ page: object }>('home_page')).page;
			expect(await waiting(omar)).toMatchObject({ bursaries_to_decide: [] });
			expect(await waiting(ana)).toMatchObject({ bursaries_to_decide: [] });
			expect(await waiting(olive)).toMatchObject({ bursaries_to_decide: [{ slug }] });
			await decide(olive, bursary_id, 'full');
			expect(await waiting(olive)).toMatchObject({ bursaries_to_decide: [] });
		})
	);

	test('is also in what somebody wrote when they registered, and in one’s own request', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const { bursary_id, ana } = await asked(s, forum_id, slug);
			await s.sql(
				`update public.registrations set organization_name = 'Olive House' where person_id = $1`,
				[ana.id]
			);
			await expect(decide(olive, bursary_id, 'full')).rejects.toThrow('bursary_conflict');
			await confirmed(s, olive, forum_id);
			await asks(olive, forum_id);
			const own = (await mine(olive, slug)).request!.bursary_id;
			await expect(decide(olive, own, 'full')).rejects.toThrow('bursary_conflict');
			expect(await list(olive, slug)).toMatchObject({ requests: [], hidden: 2 });
		}));

	test('lasts when either of them names another organization, for 12 months', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const { ana, bursary_id } = await asked(s, forum_id, slug);
			await isOf(s, ana, 'Olive House');
			const about = { language: 'en', province: 'ON', sector: null, discreet: false };
			await olive.calls('save_profile', {
				...about,
				name: 'Olive',
				organization_name: 'Elsewhere'
			});
			await ana.calls('save_profile', { ...about, name: 'Ana', organization_name: 'Far away' });
			for (const refused of [
				() => olive.calls('read_bursary', { bursary_id }),
				() => decide(olive, bursary_id, 'full')
			]) {
				await expect(refused()).rejects.toThrow('bursary_conflict');
			}
			expect(await list(olive, slug)).toMatchObject({ requests: [], hidden: 1 });
			expect(await olive.calls('export_my_data')).toMatchObject({
				earlier_organizations: [{ name: 'olivehouse' }]
			});
			const age = `update private.earlier_organizations set left_at = now() - interval '13 months'`;
			await s.sql(age);
			await s.service.calls('delete_old_data');
			await decide(olive, bursary_id, 'full');
		}));

	test('lasts when somebody corrects what they wrote when they registered', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const { ana, bursary_id } = await asked(s, forum_id, slug);
			const named = (organization: string | null) =>
				s.sql('update public.registrations set organization_name = $2 where person_id = $1', [
					ana.id,
					organization
				]);
			await named('Olive House');
			await named(null);
			await expect(decide(olive, bursary_id, 'full')).rejects.toThrow('bursary_conflict');
		}));

	test('is not got around by the audit, which names no person who asks', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const { ana, bursary_id } = await asked(s, forum_id, slug);
			await isOf(s, ana, 'Maple House');
			await olive.calls('read_bursary', { bursary_id });
			await decide(olive, bursary_id, 'full');
			await olive.calls('mark_bursary', { bursary_id, paid_on: inDays(-3).slice(0, 10) });
			await olive.calls('mark_bursary', { bursary_id, paid_on: null });
			const omar = await organizer(s, 'Omar');
			await isOf(s, omar, 'Maple House');
			const acts = ['read_bursary', 'decide_bursary', 'mark_bursary_paid', 'reopen_bursary'];
			const all = { name: null, action: null, since: null, until: null, after: null };
			const about = await omar.calls('audit_list', { ...all, person: ana.id });
			expect(JSON.stringify(about)).not.toMatch(/bursary/);
			const person = await omar.calls('person_for_organizers', { person_id: ana.id });
			expect(JSON.stringify(person)).not.toMatch(/bursary/);
			const audit = await omar.calls<{ acts: Record<string, unknown>[] }>('audit_list', {
				...all,
				person: null
			});
			for (const action of acts) {
				const act = audit.acts.find((it) => it.action === action);
				expect(act).toMatchObject({ actor: 'Olive', subject: null, forum: { slug } });
			}
		}));

	test('is none between people who name no organization', () =>
		scene(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			await isOf(s, olive, ' - ');
			const { ana, bursary_id } = await asked(s, forum_id, slug);
			await isOf(s, ana, '...');
			await decide(olive, bursary_id, 'full');
			expect((await mine(ana, slug)).request).toMatchObject({ decision: 'full' });
		}));
});

test('each reading is logged, and the person sees who looked; lists log nothing', () =>
	scene(async (s) => {
		const { olive, forum_id, slug } = await offers(s);
		const { ana, bursary_id } = await asked(s, forum_id, slug);
		await list(olive, slug);
		expect((await mine(ana, slug)).readings).toEqual([]);
		expect(await olive.calls('read_bursary', { bursary_id })).toMatchObject({
			name: 'Ana',
			travel: 40_000,
			ended: false,
			owed: null
		});
		await olive.calls('read_bursary', { bursary_id });
		expect((await mine(ana, slug)).readings).toMatchObject([
			{ reader: 'Olive' },
			{ reader: 'Olive' }
		]);
		expect(await ana.calls('export_my_data')).toMatchObject({
			bursaries: [{ total: 50_000, forum: slug }],
			bursary_readings: [{ reader: 'Olive' }, { reader: 'Olive' }]
		});
		const olives = await olive.calls('export_my_data');
		expect(olives).toMatchObject({ bursaries: [], bursaries_read_by_you: [{}, {}] });
		expect(JSON.stringify(olives)).not.toContain('Ana');
	}));

test.each([
	[4, null],
	[5, { bursaries: 5, granted: 250_000 }]
])('a year after a forum its requests are deleted, and the sum of %i is %j', (count, figures) =>
	scene(async (s) => {
		const { olive, forum_id, slug } = await offers(s);
		for (let n = 0; n < count; n++) {
			const { bursary_id } = await asked(s, forum_id, slug, `Person ${n}`);
			await decide(olive, bursary_id, 'full');
		}
		const { bursary_id } = await asked(s, forum_id, slug, 'Refused');
		await decide(olive, bursary_id, 'refused');
		await s.service.calls('delete_old_data');
		expect((await list(olive, slug, true)).requests).toHaveLength(count + 1);
		await s.sql(
			`update public.forums set starts_on = current_date - 400, ends_on = current_date - 400, edits_until = null
			where forum_id = $1`,
			[forum_id]
		);
		await s.service.calls('delete_old_data');
		await s.service.calls('delete_old_data');
		expect(await list(olive, slug, true)).toMatchObject({ requests: [], hidden: 0, figures });
	})
);

test('a deleted account takes its request along', () =>
	scene(async (s) => {
		const { olive, forum_id, slug } = await offers(s);
		const { ana, bursary_id } = await asked(s, forum_id, slug);
		await olive.calls('read_bursary', { bursary_id });
		await decide(olive, bursary_id, 'full');
		await ana.calls('delete_my_account');
		expect(await list(olive, slug, true)).toMatchObject({ requests: [], hidden: 0 });
		expect(await s.sql('select from private.bursary_readings')).toEqual([]);
	}));

describe.skipIf(!concurrent)('at the same moment', () => {
	test('two organizers decide: one decision counts, the other is refused', () =>
		together(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const omar = await organizer(s, 'Omar');
			const { ana, bursary_id } = await asked(s, forum_id, slug);
			const outcomes = await Promise.allSettled([
				decide(olive, bursary_id, 'full'),
				decide(omar, bursary_id, 'refused')
			]);
			expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			expect(await emails(s, ana)).toHaveLength(1);
		}));

	test('five clicks are one request', () =>
		together(async (s) => {
			const { olive, forum_id, slug } = await offers(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			await Promise.all([1, 2, 3, 4, 5].map(() => asks(ana, forum_id)));
			expect((await list(olive, slug)).requests).toHaveLength(1);
		}));
});
