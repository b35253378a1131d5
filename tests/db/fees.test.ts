import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { confirmed, forum, inDays, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

const texts = { name_en: 'Member', name_fr: 'Membre', about_en: '', about_fr: '' };

/** A category of a forum, as an organizer adds it; its id. */
function category(organizer: Persona, forum_id: string, amount: unknown, about: object = {}) {
	const added = { forum_id, category_id: null, version: 1, ...texts, amount, ...about };
	return organizer.calls<string>('save_fee_category', added);
}

/** A forum with one category of 150 dollars and one that is free, and an organizer. */
async function costs(s: Scene, about = {}) {
	const olive = await organizer(s);
	const row = await forum(s, about);
	const { forum_id } = row;
	const full = await category(olive, forum_id, 15_000);
	const free = await category(olive, forum_id, 0, { name_en: 'Student', name_fr: 'Études' });
	return { olive, forum_id, slug: row.slug as string, full, free };
}

async function takesPart(s: Scene, name: string, forum_id: string, status = 'confirmed') {
	const person = await member(s, name);
	const confirmed_at = status === 'confirmed' ? inDays(-3) : null;
	await confirmed(s, person, forum_id, { status, confirmed_at, name });
	return person;
}

const choose = (person: Persona, forum_id: string, category_id: unknown, invoice = '') =>
	person.calls('choose_fee', { forum_id, category_id, invoice });

type Fee = Record<string, unknown> & { state: string; invoice: string };

/** The fee of one's own registration, as the column says it. */
async function feeOf(person: Persona): Promise<Fee | null> {
	const [row] = await person.reads<{ fee: Fee | null }>(
		'registrations',
		{ person_id: person.id },
		'public.fee(it) as fee'
	);
	return row!.fee;
}

async function idOf(s: Scene, person: Persona): Promise<string> {
	const [row] = await s.sql<{ registration_id: string }>(
		'select registration_id from public.registrations where person_id = $1',
		[person.id]
	);
	return row!.registration_id;
}

const today = () =>
	new Date().toLocaleDateString('en-CA', { timeZone: 'America/Winnipeg' }) as string;

async function mark(s: Scene, by: Persona, people: Persona[], status: unknown, about = {}) {
	const ids = await Promise.all(people.map((person) => idOf(s, person)));
	const [row] = await s.sql<{ forum_id: string }>(
		'select forum_id from public.registrations where registration_id = $1',
		[ids[0]]
	);
	const { forum_id } = row!;
	const paid_on = status === 'paid' ? today() : null;
	const given = { forum_id, registration_ids: ids, status, paid_on, reason: 'By phone', ...about };
	return by.calls<number>('mark_fees', given);
}

interface List {
	people: { name: string; amount: number; invoice: string; reason: string; marked_by: string }[];
	totals: Record<string, { people: number; amount: number }>;
	categories: { category_id: string; chosen_by: number; hidden: boolean; version: number }[];
	more: boolean;
}
const list = (by: Persona, slug: string, state = 'due', after: string | null = null) =>
	by.calls<List>('fees_for_organizers', { slug, state, after });

const shown = async (s: Scene, forum_id: string) => {
	const columns = 'public.fee_choices(it) as choices';
	const [row] = await s.visitor.reads<{ choices: { categories: { name_en: string }[] } | null }>(
		'forums',
		{ forum_id },
		columns
	);
	return row?.choices ?? null;
};

describe('categories', () => {
	test('are what everybody reads of a published forum; one without any costs nothing', () =>
		scene(async (s) => {
			const { forum_id } = await forum(s);
			expect(await shown(s, forum_id)).toBeNull();
			const olive = await organizer(s);
			await category(olive, forum_id, 15_000, { name_en: ' Member organization\u0007 ' });
			await category(olive, forum_id, 0, { name_en: 'Student' });
			expect(await shown(s, forum_id)).toMatchObject({
				categories: [
					{ name_en: 'Member organization', name_fr: 'Membre', amount: 15_000 },
					{ name_en: 'Student', amount: 0 }
				],
				note_en: '',
				note_fr: ''
			});
			const note = { forum_id, version: 1, note_en: 'Plus taxes.', note_fr: 'Taxes en sus.' };
			await olive.calls('save_fee_note', note);
			expect(await shown(s, forum_id)).toMatchObject({ note_fr: 'Taxes en sus.' });
			await expect(olive.calls('save_fee_note', note)).rejects.toMatchObject({
				message: 'fee_note_changed',
				code: 'PT409'
			});
			const draft = await forum(s, { published_at: null });
			await category(olive, draft.forum_id, 100);
			const columns = 'public.fee_choices(it) as choices';
			expect(await s.visitor.reads('forums', { forum_id: draft.forum_id }, columns)).toEqual([]);
		}));

	test.each([
		['-1', -1, {}, 'fee_categories_amount_range'],
		['more than 10,000 dollars', 1_000_001, {}, 'fee_categories_amount_range'],
		['no English name', 1, { name_en: ' ' }, 'fee_categories_name_en_length'],
		['a novel', 1, { name_fr: 'a'.repeat(81) }, 'fee_categories_name_fr_length'],
		['for whom in one language', 1, { about_en: 'Students' }, 'fee_categories_about_in_pairs']
	])('with %s are refused', (_, amount, about, constraint) =>
		scene(async (s) => {
			const olive = await organizer(s);
			const { forum_id } = await forum(s);
			await expect(category(olive, forum_id, amount, about)).rejects.toMatchObject({ constraint });
			expect(await shown(s, forum_id)).toBeNull();
		})
	);

	test('keep their amount once somebody has chosen them, and are hidden rather than deleted', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, full, free } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			await choose(ana, forum_id, full);
			const change = (about: object) => category(olive, forum_id, 15_000, about);
			const id = { category_id: full };
			await expect(change({ ...id, amount: 20_000 })).rejects.toMatchObject({
				message: 'fee_category_chosen',
				code: 'PT409'
			});
			await expect(olive.calls('delete_fee_category', id)).rejects.toThrow('fee_category_chosen');
			await change({ ...id, name_en: 'Members' });
			await expect(change({ ...id, name_en: 'Late' })).rejects.toThrow('fee_category_changed');
			await olive.calls('hide_fee_category', { ...id, hidden: true });
			await olive.calls('hide_fee_category', { ...id, hidden: true });
			expect((await shown(s, forum_id))?.categories).toMatchObject([{ name_en: 'Student' }]);
			// Hers stays; nobody else gets it.
			await choose(ana, forum_id, full, 'Shelter');
			expect(await feeOf(ana)).toMatchObject({ name_en: 'Members', state: 'due' });
			const bea = await takesPart(s, 'Bea', forum_id);
			await expect(choose(bea, forum_id, full)).rejects.toThrow('fee_category_not_found');
			expect((await list(olive, slug)).categories).toMatchObject([
				{ category_id: full, chosen_by: 1, hidden: true },
				{ category_id: free, chosen_by: 0, hidden: false }
			]);
			await olive.calls('delete_fee_category', { category_id: free });
			expect(await shown(s, forum_id)).toBeNull();
		}));

	test('are twelve at most, and change places', () =>
		scene(async (s) => {
			const { olive, forum_id, full } = await costs(s);
			for (let n = 3; n <= 12; n++) await category(olive, forum_id, n, { name_en: `N${n}` });
			await expect(category(olive, forum_id, 1)).rejects.toThrow('too_many_fee_categories');
			await olive.calls('hide_fee_category', { category_id: full, hidden: true });
			const more = await category(olive, forum_id, 1, { name_en: 'More' });
			const back = olive.calls('hide_fee_category', { category_id: full, hidden: false });
			await expect(back).rejects.toThrow('too_many_fee_categories');
			await olive.calls('move_fee_category', { category_id: more, up: true });
			await olive.calls('move_fee_category', { category_id: more, up: false });
			await olive.calls('move_fee_category', { category_id: more, up: false });
			const names = (await shown(s, forum_id))!.categories.map(({ name_en }) => name_en);
			expect(names.slice(-2)).toEqual(['N12', 'More']);
		}));

	test('are for organizers to change: no visitor, nobody else, nobody suspended', () =>
		scene(async (s) => {
			const { forum_id, slug, full } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			const sam = await member(s, 'Sam', { suspended: true });
			await s.sql(`insert into private.roles (person_id, role) values ($1, 'organizer')`, [sam.id]);
			for (const [person, said] of [
				[s.visitor, /denied/],
				[ana, 'organizers_only'],
				[sam, 'account_suspended']
			] as const) {
				const id = { category_id: full };
				const ids = { registration_ids: [full], status: 'paid', paid_on: today(), reason: '' };
				for (const [verb, args] of Object.entries({
					save_fee_category: { forum_id, version: 1, ...id, ...texts, amount: 1 },
					move_fee_category: { ...id, up: true },
					hide_fee_category: { ...id, hidden: true },
					delete_fee_category: id,
					save_fee_note: { forum_id, version: 1, note_en: '', note_fr: '' },
					mark_fees: { forum_id, ...ids },
					fees_for_organizers: { slug },
					fee_of: { registration_id: full }
				})) {
					await expect(person.calls(verb, args)).rejects.toThrow(said);
				}
			}
		}));

	test('of another forum are not found', () =>
		scene(async (s) => {
			const { olive, full } = await costs(s);
			const other = await costs(s);
			const ana = await takesPart(s, 'Ana', other.forum_id);
			for (const id of [full, null, ana.id]) {
				await expect(choose(ana, other.forum_id, id)).rejects.toThrow('fee_category_not_found');
			}
			const stolen = category(olive, other.forum_id, 1, { category_id: full });
			await expect(stolen).rejects.toThrow('fee_category_not_found');
			expect(await feeOf(ana)).toBeNull();
		}));
});

describe('choosing', () => {
	test.each([
		['confirmed', 'due'],
		['waitlisted', 'waiting'],
		['pending', 'waiting']
	])('by somebody who is %s is one choice, changed until it is paid: %s', (status, state) =>
		scene(async (s) => {
			const { forum_id, full, free } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id, status);
			expect(await feeOf(ana)).toBeNull();
			await choose(ana, forum_id, full, ' Shelter\n12 Main \n');
			await choose(ana, forum_id, full, ' Shelter\n12 Main \n');
			expect(await feeOf(ana)).toMatchObject({
				category_id: full,
				amount: 15_000,
				state,
				invoice: 'Shelter\n12 Main',
				invoice_of_other: false
			});
			await choose(ana, forum_id, free);
			expect(await feeOf(ana)).toMatchObject({ amount: 0, state: 'free', invoice: '' });
		})
	);

	test('is for who holds a registration of a forum that takes place, and says no novel', () =>
		scene(async (s) => {
			const { forum_id, full } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			await expect(choose(ana, forum_id, full, 'a'.repeat(501))).rejects.toMatchObject({
				constraint: 'fees_invoice_length'
			});
			const stranger = await member(s, 'Stranger');
			await expect(choose(stranger, forum_id, full)).rejects.toThrow('not_registered');
			await ana.calls('cancel_registration', { forum_id });
			await expect(choose(ana, forum_id, full)).rejects.toThrow('not_registered');
			await expect(s.visitor.calls('choose_fee', { forum_id })).rejects.toThrow();
			const sam = await takesPart(s, 'Sam', forum_id);
			await s.sql('update public.people set suspended_at = now() where person_id = $1', [sam.id]);
			await expect(choose(sam, forum_id, full)).rejects.toThrow('account_suspended');
			const late = await takesPart(s, 'Late', forum_id);
			const yesterday = inDays(-2).slice(0, 10);
			await s.sql(
				'update public.forums set starts_on = $2, ends_on = $2, edits_until = null where forum_id = $1',
				[forum_id, yesterday]
			);
			await expect(choose(late, forum_id, full)).rejects.toThrow('registration_forum_over');
		}));

	test('is seen by the person and by organizers, and by nobody else', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, full } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			const bea = await takesPart(s, 'Bea', forum_id);
			await choose(ana, forum_id, full, 'Shelter');
			const columns = 'public.fee(it) as fee';
			expect(await olive.reads('registrations', { person_id: ana.id }, columns)).toEqual([
				{ fee: null }
			]);
			expect(await bea.reads('registrations', { person_id: ana.id }, columns)).toEqual([]);
			expect((await list(olive, slug)).people).toMatchObject([
				{ name: 'Ana', amount: 15_000, invoice: 'Shelter', marked_by: null }
			]);
			expect((await list(olive, slug, 'unchosen')).people).toMatchObject([{ name: 'Bea' }]);
			const story = { registration_id: await idOf(s, ana) };
			expect(await olive.calls('fee_of', story)).toMatchObject({ state: 'due', amount: 15_000 });
			const without = await forum(s);
			const cem = await takesPart(s, 'Cem', without.forum_id);
			expect(await olive.calls('fee_of', { registration_id: await idOf(s, cem) })).toBeNull();
		}));
});

describe('marking', () => {
	test('several as paid counts those that were due, once, and locks the category', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, full, free } = await costs(s);
			const [ana, bea, cem] = [
				await takesPart(s, 'Ana', forum_id),
				await takesPart(s, 'Bea', forum_id, 'waitlisted'),
				await takesPart(s, 'Cem', forum_id)
			];
			const dee = await takesPart(s, 'Dee', forum_id);
			for (const person of [ana, bea]) await choose(person, forum_id, full);
			await choose(cem, forum_id, free);
			expect(await mark(s, olive, [ana, bea, cem, dee, ana], 'paid')).toBe(2);
			expect(await mark(s, olive, [ana, bea, cem, dee], 'paid')).toBe(0);
			expect(await feeOf(ana)).toMatchObject({ state: 'paid', paid_on: today() });
			await expect(choose(ana, forum_id, free)).rejects.toMatchObject({
				message: 'fee_settled',
				code: 'PT409'
			});
			await choose(ana, forum_id, full, 'Shelter');
			expect(await feeOf(ana)).toMatchObject({ state: 'paid', invoice: 'Shelter' });
			expect((await list(olive, slug)).totals).toEqual({
				paid: { people: 2, amount: 30_000 },
				free: { people: 1, amount: 0 },
				unchosen: { people: 1, amount: 0 }
			});
			expect((await list(olive, slug, 'paid')).people).toMatchObject([
				{ name: 'Ana', marked_by: 'Olive' },
				{ name: 'Bea' }
			]);
			const acts = await s.sql(
				`select subject_id, context_id from private.audit where action = 'mark_fee_paid' order by 1`
			);
			expect(acts).toHaveLength(2);
			expect(acts[0]).toMatchObject({ context_id: forum_id });
		}));

	test.each([
		['no day', null],
		['tomorrow', inDays(2).slice(0, 10)],
		['three years ago', inDays(-1100).slice(0, 10)]
	])('as paid on %s is refused', (_, paid_on) =>
		scene(async (s) => {
			const { olive, forum_id, full } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			await choose(ana, forum_id, full);
			const wrong = mark(s, olive, [ana], 'paid', { paid_on });
			await expect(wrong).rejects.toMatchObject({ message: 'fee_paid_day', code: 'PT422' });
			expect(await feeOf(ana)).toMatchObject({ state: 'due', paid_on: null });
		})
	);

	test('waives and takes back with a reason that organizers read and the person can download', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, full } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			await choose(ana, forum_id, full);
			for (const status of ['waived', 'due']) {
				const silent = mark(s, olive, [ana], status, { reason: ' ' });
				await expect(silent).rejects.toThrow('reason_missing');
			}
			await expect(mark(s, olive, [ana], null)).rejects.toThrow('fee_status_missing');
			expect(await mark(s, olive, [ana], 'due')).toBe(0);
			expect(await mark(s, olive, [ana], 'waived', { reason: 'Bursary' })).toBe(1);
			expect(await mark(s, olive, [ana], 'paid')).toBe(0);
			expect(await feeOf(ana)).toMatchObject({ state: 'waived' });
			expect(await ana.calls('export_my_data')).toMatchObject({
				fees: [{ amount: 15_000, status: 'waived', reason: 'Bursary' }]
			});
			expect(await mark(s, olive, [ana], 'due', { reason: 'A mistake' })).toBe(1);
			expect((await list(olive, slug)).people).toMatchObject([{ reason: 'A mistake' }]);
		}));

	test('means registrations of that forum only', () =>
		scene(async (s) => {
			const { olive, forum_id, full } = await costs(s);
			const other = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			await choose(ana, forum_id, full);
			const about = { forum_id: other.forum_id };
			await expect(mark(s, olive, [ana], 'paid', about)).rejects.toThrow('registration_not_found');
			const nobody = { registration_ids: [] };
			await expect(mark(s, olive, [ana], 'paid', nobody)).rejects.toThrow('registration_not_found');
		}));

	test('lists fifty a page by name, each person once', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, full } = await costs(s);
			await s.sql(
				`with people as (
					insert into auth.users (id, aud, role, email, email_confirmed_at)
					select gen_random_uuid(), 'authenticated', 'authenticated', 'n' || n || '@example.org', now()
					from generate_series(1, 60) n returning id
				), named as (
					insert into public.people (person_id, name, language, province, sector)
					select id, 'Same', 'en', 'NS', 'ngo' from people returning person_id
				), registered as (
					insert into public.registrations (forum_id, person_id, mode, status, name, language, province, sector, confirmed_at)
					select $1, person_id, 'online', 'confirmed', 'Same', 'en', 'NS', 'ngo', now() from named returning registration_id
				)
				insert into private.fees (registration_id, category_id) select registration_id, $2 from registered`,
				[forum_id, full]
			);
			interface Page {
				people: { registration_id: string }[];
				more: boolean;
			}
			const first = (await list(olive, slug)) as unknown as Page;
			expect(first).toMatchObject({ more: true, totals: { due: { people: 60, amount: 900_000 } } });
			const after = first.people.at(-1)!.registration_id;
			const second = (await list(olive, slug, 'due', after)) as unknown as Page;
			expect(second.more).toBe(false);
			const all = [...first.people, ...second.people].map(({ registration_id }) => registration_id);
			expect(new Set(all).size).toBe(60);
		}));
});

describe('when a registration ends', () => {
	test('nothing is due any more, and what was paid is to be paid back, also when the forum is cancelled', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, full } = await costs(s);
			const [ana, bea, cem] = [
				await takesPart(s, 'Ana', forum_id),
				await takesPart(s, 'Bea', forum_id),
				await takesPart(s, 'Cem', forum_id)
			];
			for (const person of [ana, bea, cem]) await choose(person, forum_id, full);
			await mark(s, olive, [ana, cem], 'paid');
			for (const person of [ana, bea]) await person.calls('cancel_registration', { forum_id });
			expect((await list(olive, slug)).totals).toEqual({
				paid: { people: 1, amount: 15_000 },
				refund: { people: 1, amount: 15_000 },
				ended: { people: 1, amount: 15_000 }
			});
			expect(await feeOf(ana)).toMatchObject({ state: 'refund' });
			await mark(s, olive, [ana], 'due', { reason: 'Paid back' });
			expect(await feeOf(ana)).toMatchObject({ state: 'ended' });
			await olive.calls('cancel_forum', { forum_id });
			expect(await feeOf(cem)).toMatchObject({ state: 'refund' });
			await expect(choose(cem, forum_id, full)).rejects.toThrow('forum_cancelled');
		}));

	/** Hands the spot of one person over to another, who registers with it. */
	async function handsOver(giver: Persona, taker: Persona, forum_id: string) {
		await giver.calls('hand_over', { forum_id, email: taker.email });
		await taker.calls('register', {
			forum_id,
			mode: 'in_person',
			name: 'Taker',
			language: 'en',
			province: 'NS',
			sector: 'ngo',
			organization_name: '',
			discreet: false
		});
	}

	test('by a hand-over, the fee goes along, and whom to invoice is not shown to the new holder', () =>
		scene(async (s) => {
			const { olive, forum_id, slug, full } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			const taker = await member(s, 'Taker');
			await choose(ana, forum_id, full, 'Ana, 12 Main');
			await mark(s, olive, [ana], 'paid');
			await handsOver(ana, taker, forum_id);
			expect(await feeOf(ana)).toBeNull();
			expect(await feeOf(taker)).toMatchObject({
				state: 'paid',
				invoice: '',
				invoice_of_other: true
			});
			expect(JSON.stringify(await taker.calls('export_my_data'))).not.toContain('12 Main');
			expect(JSON.stringify(await ana.calls('export_my_data'))).toContain('12 Main');
			await choose(taker, forum_id, full, ' ');
			expect((await list(olive, slug, 'paid')).people).toMatchObject([
				{ name: 'Taker', invoice: 'Ana, 12 Main' }
			]);
			await ana.calls('delete_my_account');
			expect((await list(olive, slug, 'paid')).people).toMatchObject([
				{ name: 'Taker', invoice: '' }
			]);
			await choose(taker, forum_id, full, 'Taker, 3 Main');
			expect(await feeOf(taker)).toMatchObject({
				invoice: 'Taker, 3 Main',
				invoice_of_other: false
			});
		}));

	test('by a hand-over, a fee that was waived stays, and one that the new holder had paid too', () =>
		scene(async (s) => {
			const { olive, forum_id, full, free } = await costs(s);
			const ana = await takesPart(s, 'Ana', forum_id);
			const taker = await takesPart(s, 'Taker', forum_id);
			const second = await takesPart(s, 'Second', forum_id);
			const third = await takesPart(s, 'Third', forum_id);
			for (const person of [ana, taker, second]) await choose(person, forum_id, full);
			await choose(third, forum_id, free);
			await mark(s, olive, [ana], 'waived');
			await mark(s, olive, [taker], 'paid');
			await taker.calls('cancel_registration', { forum_id });
			await handsOver(ana, taker, forum_id);
			expect(await feeOf(ana)).toMatchObject({ state: 'ended' });
			expect(await feeOf(taker)).toMatchObject({ state: 'paid' });
			// What was only chosen before gives way to what comes with the spot.
			await third.calls('cancel_registration', { forum_id });
			await handsOver(second, third, forum_id);
			expect(await feeOf(second)).toBeNull();
			expect(await feeOf(third)).toMatchObject({ state: 'due', amount: 15_000 });
		}));
});

test('a copy of a forum has its categories and its text, and nobody who chose one', () =>
	scene(async (s) => {
		const { olive, forum_id, full } = await costs(s);
		const ana = await takesPart(s, 'Ana', forum_id);
		await choose(ana, forum_id, full);
		const note = { forum_id, version: 1, note_en: 'Plus taxes.', note_fr: 'Taxes en sus.' };
		await olive.calls('save_fee_note', note);
		const copy_id = randomUUID();
		const copied = { forum_id, copy_id, starts_on: inDays(90).slice(0, 10) };
		const slug = await olive.calls<string>('clone_forum', copied);
		expect(await list(olive, slug)).toMatchObject({
			note: { note_en: 'Plus taxes.' },
			categories: [
				{ name_en: 'Member', amount: 15_000, chosen_by: 0 },
				{ name_en: 'Student', amount: 0 }
			]
		});
		await olive.calls('delete_forum', { forum_id: copy_id });
		expect(await list(olive, slug)).toBeNull();
	}));

describe.skipIf(!concurrent)('at the same moment', () => {
	test('two organizers mark one fee as paid: it is changed once', () =>
		together(async (s) => {
			const { olive, forum_id, full } = await costs(s);
			const omar = await organizer(s, 'Omar');
			const ana = await takesPart(s, 'Ana', forum_id);
			await choose(ana, forum_id, full);
			const counts = await Promise.all(
				[olive, omar, olive, omar].map((by) => mark(s, by, [ana], 'paid'))
			);
			expect(counts.sort()).toEqual([0, 0, 0, 1]);
		}));

	test('an amount changes while people choose it: it is that which they saw, or the change is refused', () =>
		together(async (s) => {
			const { olive, forum_id, full } = await costs(s);
			const people: Persona[] = [];
			for (let n = 0; n < 5; n++) people.push(await takesPart(s, `Person ${n}`, forum_id));
			const [change] = await Promise.allSettled([
				category(olive, forum_id, 20_000, { category_id: full }),
				...people.map((person) => choose(person, forum_id, full))
			]);
			const amounts = await Promise.all(people.map(async (one) => (await feeOf(one))!.amount));
			expect(amounts).toEqual(people.map(() => (change.status === 'fulfilled' ? 20_000 : 15_000)));
		}));
});
