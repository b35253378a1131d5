import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { confirmationSchema, pairsSchema } from '../../src/lib/confirmations/schema';
import { breakout, confirmed, forum, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Scene } from './scene';

// Who signed up for a session says once of each pair whether it is what was said, and nothing that is stored says who
// said what. What is said about words ends with these words.

const part = (key: string, body: string, recommendation = '', version = 0) => ({
	...{ key, version, body, recommendation }
});

async function participant(s: Scene, at: { forum_id: string; session_id: string }, name: string) {
	const person = await member(s, name);
	await confirmed(s, person, at.forum_id);
	await s.sql(
		`insert into public.signups (session_id, forum_id, person_id, during)
		select s.session_id, s.forum_id, $2, tstzrange(s.starts_at, s.ends_at) from public.sessions s where s.session_id = $1`,
		[at.session_id, person.id]
	);
	return person;
}

interface At {
	forum_id: string;
	slug: string;
	session_id: string;
	olive: Persona;
	nora: Persona;
	pat: Persona;
	keys: string[];
}

/** A session with reviewed notes of two pairs, and who took them. */
async function stage(s: Scene, about: Record<string, unknown> = {}) {
	const { forum_id, slug } = (await forum(s)) as { forum_id: string; slug: string };
	const session_id = await breakout(s, forum_id, { capacity: 100, ...about });
	const [olive, nora] = [await organizer(s), await member(s, 'Nora')];
	await olive.calls('name_note_taker', { forum_id, session_id, address: nora.email });
	const pat = await participant(s, { forum_id, session_id }, 'Pat');
	const keys = [randomUUID(), randomUUID()].sort();
	const parts = [
		part('1', 'Long talk'),
		part(keys[0]!, 'Beds are full', 'Fund beds'),
		part(keys[1]!, 'Rides cost', '')
	];
	await nora.calls('save_note', { session_id, language: 'en', parts });
	const at = { forum_id, slug, session_id, olive, nora, pat, keys };
	await reviews(at);
	return { ...at, ids: (await opens(pat, at))!.points.map(({ point_id }) => point_id) };
}

async function reviews({ olive, slug, session_id }: At) {
	const { version } = await olive.calls('note_page', { slug, session_id });
	await olive.calls('review_note', { session_id, version, reviewed: true });
}
const opens = async (who: Persona, { slug, session_id }: Pick<At, 'slug' | 'session_id'>) =>
	confirmationSchema.nullable().parse(await who.calls('confirmation_page', { slug, session_id }));
const says = (
	who: Persona,
	{ session_id }: Pick<At, 'session_id'>,
	point: string | undefined,
	choice: string,
	words = {}
) => who.calls('confirm_points', { session_id, answers: [{ point, choice, ...words }] });
const tasks = async (who: Persona) =>
	(
		await who.calls<{ page: { points_to_confirm: { slug: string; points: number }[] } }>(
			'home_page'
		)
	).page.points_to_confirm;
const ends = (s: Scene) =>
	s.sql(`update private.confirmation_points set until = now() - interval '1 hour'`);
const retention = async (s: Scene) =>
	(await s.sql<{ gone: object }>('select private.confirmations_retention() as gone'))[0]!.gone;

describe('people who signed up', () => {
	test('answer once about each pair, for 72 hours after the review', () =>
		scene(async (s) => {
			const at = await stage(s);
			const { pat, ids, slug } = at;
			const before = (await opens(pat, at))!;
			expect(before).toMatchObject({ asked: true, language: 'en' });
			expect(before.points).toMatchObject([
				{ finding: 'Beds are full', recommendation: 'Fund beds', open: true, given: false },
				{ finding: 'Rides cost', given: false, result: null }
			]);
			const hours = (Date.parse(before.points[0]!.until) - Date.now()) / 3_600_000;
			expect(hours).toBeCloseTo(72, 0);
			expect(await tasks(pat)).toMatchObject([{ slug, points: 2 }]);
			await says(pat, at, ids[0], 'yes');
			await expect(says(pat, at, ids[0], 'no')).rejects.toThrow('point_answered_already');
			expect((await opens(pat, at))!.points.map(({ given }) => given)).toEqual([true, false]);
			expect(await tasks(pat)).toMatchObject([{ points: 1 }]);
			await says(pat, at, ids[1], 'reword', { finding: ' Rides cost too much ' });
			expect(await tasks(pat)).toEqual([]);
			const stored = await s.sql(
				'select choice, finding, recommendation from private.confirmation_pending order by choice'
			);
			expect(stored).toEqual([
				{ choice: 'yes', finding: '', recommendation: '' },
				{ choice: 'reword', finding: 'Rides cost too much', recommendation: '' }
			]);
			const late = await participant(s, at, 'Lee');
			await ends(s);
			expect(await tasks(late)).toEqual([]);
			await expect(says(late, at, ids[0], 'yes')).rejects.toThrow('confirmation_closed');
		}));

	test('are asked once by email, and nobody else is', () =>
		scene(async (s) => {
			const at = await stage(s);
			const emails = () =>
				s.sql<{ to: string; until: string }>(
					`select payload ->> 'recipient' as to, payload -> 'facts' ->> 'session_en' as session from private.jobs
					where payload ->> 'kind' = 'confirmation_asked'`
				);
			expect(await emails()).toEqual([{ to: at.pat.email, session: 'Breakout' }]);
			await at.olive.calls('review_note', {
				session_id: at.session_id,
				version: 0,
				reviewed: false
			});
			await reviews(at);
			expect(await emails()).toHaveLength(1);
		}));

	test('and nobody else, answer', () =>
		scene(async (s) => {
			const at = await stage(s);
			const other = await stage(s);
			const ned = await member(s, 'Ned');
			await confirmed(s, ned, at.forum_id);
			const sam = await participant(s, at, 'Sam');
			await s.sql('update public.people set suspended_at = now() where person_id = $1', [sam.id]);
			await expect(says(sam, at, at.ids[0], 'yes')).rejects.toThrow('account_suspended');
			for (const someone of [at.nora, at.olive, ned, other.pat, await member(s, 'Mia')]) {
				await expect(says(someone, at, at.ids[0], 'yes')).rejects.toMatchObject({
					message: 'point_not_found',
					code: 'PT404'
				});
				expect(
					await tasks(someone).then((all) => all.filter((one) => one.slug === at.slug))
				).toEqual([]);
			}
			for (const someone of [ned, other.pat, other.nora])
				expect(await opens(someone, at)).toBeNull();
			expect(await opens(at.pat, { ...at, slug: other.slug })).toBeNull();
			expect(await opens(at.nora, at)).toMatchObject({ asked: false });
			const stranger = await s.person('Stranger');
			await expect(says(stranger, at, at.ids[0], 'yes')).rejects.toThrow('profile_first');
			for (const verb of ['confirm_points', 'confirmation_page', 'reword_pair', 'confirmed_pairs'])
				await expect(s.visitor.calls(verb, {})).rejects.toThrow();
			await at.pat.calls('cancel_registration', { forum_id: at.forum_id });
			await expect(says(at.pat, at, at.ids[0], 'yes')).rejects.toThrow('point_not_found');
			for (const table of ['points', 'given', 'pending', 'answers', 'emails']) {
				for (const reader of [at.pat, at.olive, s.visitor, s.service])
					await expect(
						reader.query(`select * from private.confirmation_${table}`)
					).rejects.toMatchObject({ code: '42501' });
			}
		}));

	test('say nothing that was not asked', () =>
		scene(async (s) => {
			const at = await stage(s);
			const { pat, ids, session_id } = at;
			const other = await stage(s);
			const send = (answers: unknown) => pat.calls('confirm_points', { session_id, answers });
			const [point] = ids;
			for (const [answers, refusal] of [
				[null, 'confirmation_empty'],
				[[], 'confirmation_empty'],
				[{ point }, 'confirmation_empty'],
				[['yes'], 'confirmation_empty'],
				[[{ point }], 'confirmation_empty'],
				[[{ point, choice: 'maybe' }], 'confirmation_empty'],
				[Array.from({ length: 61 }, () => ({ point, choice: 'yes' })), 'confirmation_empty'],
				[[{ choice: 'yes' }], 'point_not_found'],
				[[{ point: '1; drop', choice: 'yes' }], 'point_not_found'],
				[[{ point: other.ids[0], choice: 'yes' }], 'point_not_found'],
				[
					[
						{ point, choice: 'yes' },
						{ point, choice: 'no' }
					],
					'point_not_found'
				],
				[[{ point, choice: 'reword' }], 'confirmation_words'],
				[[{ point, choice: 'reword', finding: ' \n ' }], 'confirmation_words'],
				[[{ point, choice: 'yes', finding: 'Words' }], 'confirmation_words'],
				[
					[{ point, choice: 'reword', finding: 'a'.repeat(1001) }],
					'confirmation_answers_finding_length'
				],
				[
					[{ point, choice: 'reword', recommendation: 'a'.repeat(1001) }],
					'confirmation_answers_recommendation_length'
				]
			] as const) {
				await expect(send(answers), JSON.stringify(answers)?.slice(0, 60)).rejects.toThrow(refusal);
			}
			expect(await s.sql('select from private.confirmation_given')).toEqual([]);
			await send(ids.map((id) => ({ point: id, choice: 'no', finding: null })));
		}));
});

test('a government learns nothing of a session that is closed to it', () =>
	scene(async (s) => {
		const at = await stage(s, { closed_to_government: true });
		const gus = await member(s, 'Gus', { sector: 'government' });
		const una = await member(s, 'Una', { approved: false });
		for (const someone of [gus, una]) {
			await s.sql(
				`insert into public.signups (session_id, forum_id, person_id, during) values ($1, $2, $3, tstzrange(now(), now() + '1 hour'))`,
				[at.session_id, at.forum_id, someone.id]
			);
			await s.sql('insert into private.confirmation_given (point_id, person_id) values ($1, $2)', [
				at.ids[1],
				someone.id
			]);
			const said = () => says(someone, at, at.ids[0], 'yes');
			await expect(said()).rejects.toThrow('point_not_found');
			expect(await opens(someone, at)).toBeNull();
			expect(await tasks(someone)).toEqual([]);
			// The session opens later: people spoke in a closed one.
			await s.sql('update public.sessions set closed_to_government = false');
			await expect(said()).rejects.toThrow('point_not_found');
			expect(await opens(someone, at)).toBeNull();
			await s.sql('update public.sessions set closed_to_government = true');
		}
		expect(JSON.stringify(await gus.calls('export_my_data'))).toContain('"confirmation_given":[]');
		await s.sql(`insert into private.roles (person_id, role) values ($1, 'organizer')`, [gus.id]);
		for (let n = 0; n < 10; n++)
			await says(await participant(s, at, `P ${n}`), at, at.ids[0], 'reword', {
				finding: `W ${n}`
			});
		expect(await gus.calls('confirmed_pairs', { slug: at.slug })).toEqual([]);
		expect(await opens(gus, at)).toBeNull();
		await expect(
			gus.calls('reword_pair', {
				...{ session_id: at.session_id, point_id: at.ids[0] },
				...{ finding: 'x', recommendation: '' }
			})
		).rejects.toThrow('session_not_found');
		const line = async (who: Persona) =>
			JSON.stringify(await who.calls('organize')).match(/"rewordings":(\d+)/)![1];
		expect([await line(gus), await line(at.olive)]).toEqual(['0', '5']);
		const asked = await s.sql<{ to: string }>(
			`select payload ->> 'recipient' as to from private.jobs where payload ->> 'kind' = 'confirmation_asked'`
		);
		expect(asked).toEqual([{ to: at.pat.email }]);
	}));

describe('what was answered', () => {
	test('shows in groups of five or more, and the rest once the time is over', () =>
		scene(async (s) => {
			const at = await stage(s);
			const { olive, nora, pat, ids } = at;
			const [point] = ids;
			const counts: (number | undefined)[] = [];
			for (let n = 0; n < 12; n++) {
				const words = n < 3 ? { finding: `Words ${n}` } : {};
				await says(await participant(s, at, `P ${n}`), at, point, n < 3 ? 'reword' : 'yes', words);
				counts.push((await opens(nora, at))!.points[0]!.result?.count);
			}
			const none: undefined[] = Array(9).fill(undefined);
			expect(counts).toEqual([...none, 5, 5, 5]);
			// Figures of others must not lead who has not answered.
			expect((await opens(pat, at))!.points[0]!.result).toBeNull();
			await says(pat, at, ids[1], 'no');
			await ends(s);
			const result = { count: 12, yes: 9, reword: 3, no: 0, minority: false };
			for (const who of [nora, pat]) {
				const { points } = (await opens(who, at))!;
				expect(points[0]!.result).toEqual({ ...result, rewordings: [] });
				// One person answered about the other pair.
				expect(points[1]!.result).toBeNull();
			}
			const [first] = (await opens(olive, at))!.points;
			expect(first!.result!.rewordings.map(({ finding }) => finding).sort()).toEqual([
				'Words 0',
				'Words 1',
				'Words 2'
			]);
			expect(await retention(s)).toEqual({ confirmation_given: 13, confirmation_answers: 0 });
			expect((await opens(nora, at))!.points.map((p) => p.result?.count)).toEqual([12, undefined]);
			expect(await s.sql('select from private.confirmation_pending')).toEqual([]);
			expect(await s.sql('select from private.confirmation_answers')).toHaveLength(12);
			await s.sql(
				`update public.forums set starts_on = current_date - 400, ends_on = current_date - 400`
			);
			expect(await retention(s)).toEqual({ confirmation_given: 0, confirmation_answers: 3 });
			expect((await opens(olive, at))!.points[0]!.result).toEqual({ ...result, rewordings: [] });
		}));

	test('keeps a pair that most refuse, as what some said', () =>
		scene(async (s) => {
			const at = await stage(s);
			for (let n = 0; n < 7; n++)
				await says(await participant(s, at, `P ${n}`), at, at.ids[0], n < 4 ? 'no' : 'yes');
			await ends(s);
			const { points } = (await opens(at.pat, at))!;
			expect(points).toMatchObject([
				{ finding: 'Beds are full', result: { count: 7, no: 4, minority: true } },
				{ result: null }
			]);
			const pairs = pairsSchema.parse(await at.olive.calls('confirmed_pairs', { slug: at.slug }));
			expect(pairs.filter(({ result }) => result?.minority)).toHaveLength(1);
			expect((await at.olive.calls('themes_for_organizers', { slug: at.slug })).pairs).toHaveLength(
				2
			);
		}));

	test('ends with the words that it was about', () =>
		scene(async (s) => {
			const at = await stage(s);
			const { olive, nora, session_id, ids, keys, pat } = at;
			const ten = [];
			for (let n = 0; n < 10; n++) ten.push(await participant(s, at, `P ${n}`));
			for (const [n, one] of ten.entries()) {
				await says(one, at, ids[0], n ? 'yes' : 'reword', n ? {} : { finding: 'The secret bed' });
				await says(one, at, ids[1], 'yes');
			}
			await olive.calls('review_note', { session_id, version: 0, reviewed: false });
			// While the notes are open again, nobody is asked.
			await expect(says(pat, at, ids[0], 'yes')).rejects.toThrow('point_not_found');
			expect(await opens(pat, at)).toBeNull();
			await nora.calls('save_note', {
				...{ session_id, language: 'en' },
				parts: [part(keys[0]!, 'Beds are full at night', 'Fund beds', 1)]
			});
			await reviews(at);
			const { points } = (await opens(nora, at))!;
			expect(points.map((p) => p.result?.count)).toEqual([undefined, 5]);
			expect(points[0]!.point_id).not.toBe(ids[0]);
			expect(points[1]!.point_id).toBe(ids[1]);
			await expect(says(ten[0]!, at, ids[0], 'yes')).rejects.toThrow('point_not_found');
			await says(ten[0]!, at, points[0]!.point_id, 'no');
			for (const table of ['pending', 'answers'])
				expect(
					JSON.stringify(await s.sql(`select * from private.confirmation_${table}`))
				).not.toContain('secret');
		}));

	test('goes with a passage that is removed, and with the notes', () =>
		scene(async (s) => {
			const at = await stage(s);
			const { olive, session_id, ids } = at;
			const answers = [
				{ point: ids[0], choice: 'reword', finding: 'Beds at Elm Street are full' },
				{ point: ids[1], choice: 'yes' }
			];
			await at.pat.calls('confirm_points', { session_id, answers });
			await olive.calls('redact_note', { session_id, passage: 'Beds' });
			expect(await s.sql('select choice from private.confirmation_pending')).toEqual([
				{ choice: 'yes' }
			]);
			expect(await s.sql('select point_id from private.confirmation_given')).toEqual([
				{ point_id: ids[1] }
			]);
			await olive.calls('delete_note', { session_id });
			for (const table of ['points', 'given', 'pending', 'answers', 'emails'])
				expect(await s.sql(`select from private.confirmation_${table}`), table).toEqual([]);
		}));
});

test('an organizer gives a pair other words, and people are asked about those', () =>
	scene(async (s) => {
		const at = await stage(s);
		const { olive, nora, pat, session_id, ids } = at;
		await says(pat, at, ids[0], 'reword', { finding: 'No bed is free' });
		const reword = (who: Persona, words: object, point_id = ids[0]) =>
			who.calls('reword_pair', { session_id, point_id, finding: '', recommendation: '', ...words });
		for (const someone of [nora, pat])
			await expect(reword(someone, { finding: 'x' })).rejects.toThrow('organizers_only');
		await expect(reword(olive, {})).rejects.toThrow('rewording_empty');
		await expect(reword(olive, { finding: 'x' }, randomUUID())).rejects.toThrow('point_not_found');
		await expect(reword(olive, { finding: 'x'.repeat(1001) })).rejects.toMatchObject({
			constraint: 'note_parts_finding_length'
		});
		// The same words change nothing.
		await reword(olive, { finding: 'Beds are full', recommendation: 'Fund beds' });
		expect((await opens(pat, at))!.points[0]).toMatchObject({ point_id: ids[0], given: true });
		await reword(olive, { finding: 'No bed is free', recommendation: 'Fund beds' });
		expect((await opens(pat, at))!.points[0]).toMatchObject({
			...{ finding: 'No bed is free', given: false, open: true, result: null }
		});
		expect(await tasks(pat)).toMatchObject([{ points: 2 }]);
		// Sent twice, or by a second organizer who read the old words.
		await expect(reword(olive, { finding: 'Late' })).rejects.toThrow('point_not_found');
		const versions = await olive.calls<{ body: string }[]>('note_versions', { session_id });
		expect(versions.map(({ body }) => body)).toEqual(['Beds are full']);
	}));

// Nothing joins --------------------------------------------------------------------------------

type Place = { who: string; xmin: string; ctid: string; id: string };

/** What the owner of the database can read of who answered, and of what was answered: the words are a person's id. */
async function traces(s: Scene, point: string) {
	const given = await s.sql<Place>(
		`select person_id::text as who, xmin::text, ctid::text, person_id::text as id
		from private.confirmation_given where point_id = $1 order by ctid`,
		[point]
	);
	const said = await s.sql<Place & { pending: boolean }>(
		`select finding as who, xmin::text, ctid::text, confirmation_answer_id::text as id, false as pending
		from private.confirmation_answers where point_id = $1
		union all
		select finding, xmin::text, ctid::text, confirmation_pending_id::text, true
		from private.confirmation_pending where point_id = $1`,
		[point]
	);
	return { given, said };
}

/** Each way to join the two that we can think of does no better than chance. */
async function joinsNothing(s: Scene, point: string, count: number): Promise<void> {
	const { given, said } = await traces(s, point);
	expect([given.length, said.length]).toEqual([count, count]);
	for (const { xmin, id } of said) {
		const near = given.filter((g) => Math.abs(Number(g.xmin) - Number(xmin)) <= 3);
		expect([0, count]).toContain(near.length);
		expect(given.filter((g) => g.id === id)).toEqual([]);
	}
	const place = ({ ctid }: Place) => {
		const [block, line] = ctid.slice(1, -1).split(',').map(Number);
		return block! * 1000 + line!;
	};
	const orders: [string, (a: Place, b: Place) => number][] = [
		['ctid', (a, b) => place(a) - place(b)],
		['xmin, then ctid', (a, b) => Number(a.xmin) - Number(b.xmin) || place(a) - place(b)],
		['id', (a, b) => (a.id < b.id ? -1 : 1)]
	];
	for (const [name, order] of orders) {
		for (const group of [said, said.filter((a) => a.pending), said.filter((a) => !a.pending)]) {
			const ranked = [...group].sort(order);
			const sorted = [...given].sort(order);
			const hits = ranked.filter(({ who }, n) => who === sorted[n]!.who).length;
			const back = ranked.filter(({ who }, n) => who === sorted.at(-1 - n)!.who).length;
			// By chance one of them; eight or more happen once in 90,000.
			expect(Math.max(hits, back), `rank by ${name}`).toBeLessThan(8);
		}
	}
}

test('who answered and what was answered have no id, place, transaction or rank in common', () =>
	scene(async (s) => {
		const at = await stage(s);
		const people: Persona[] = [];
		for (let n = 0; n < 33; n++) {
			const person = await participant(s, at, `Person ${n}`);
			people.push(person);
			const words = { choice: 'reword', finding: person.id };
			const answers = at.ids.map((point) => ({ point, ...words }));
			await person.calls('confirm_points', { session_id: at.session_id, answers });
			if (n % 8 === 7) await joinsNothing(s, at.ids[0]!, n + 1);
		}
		for (const point of at.ids) await joinsNothing(s, point, 33);
		// Neither events nor audit nor jobs know them, except that they were asked.
		for (const table of ['events', 'audit', 'jobs']) {
			const rows = JSON.stringify(await s.sql(`select * from private.${table}`));
			for (const { id } of people) expect(rows, table).not.toContain(id);
		}
		// What one person said of two pairs is not joined by place either.
		const order = async (point: string | undefined) =>
			(
				await s.sql<{ finding: string }>(
					'select finding from private.confirmation_answers where point_id = $1 order by ctid',
					[point]
				)
			).map(({ finding }) => finding);
		const [a, b] = [await order(at.ids[0]), await order(at.ids[1])];
		expect(a.filter((who, n) => who === b[n]).length).toBeLessThan(8);
	}));

test('what an account exports and deletes is that it answered', () =>
	scene(async (s) => {
		const at = await stage(s);
		const ben = await participant(s, at, 'Ben');
		for (const who of [at.pat, ben])
			await says(who, at, at.ids[0], 'reword', { finding: 'My words' });
		const data = JSON.stringify(await at.pat.calls('export_my_data'));
		expect(data).not.toContain('My words');
		expect(data).toMatch(/"confirmation_given":\[\{[^\]]*"session":"Breakout"/);
		await at.pat.calls('delete_my_account');
		expect(await s.sql('select person_id from private.confirmation_given')).toEqual([
			{ person_id: ben.id }
		]);
		expect(await s.sql('select from private.confirmation_pending')).toHaveLength(2);
	}));

test.skipIf(!concurrent)('thirty who answer at once are thirty answers, joined by nothing', () =>
	together(async (s) => {
		const at = await stage(s);
		const people: Persona[] = [];
		for (let n = 0; n < 30; n++) people.push(await participant(s, at, `Person ${n}`));
		const say = (person: Persona) =>
			says(person, at, at.ids[0], 'reword', { finding: person.id }).then(
				() => 'stored',
				(cause: Error) => cause.message
			);
		// Everyone twice, as from two tabs.
		const answers = await Promise.all([...people, ...people].map(say));
		expect(answers.filter((one) => one === 'stored')).toHaveLength(30);
		expect(answers.filter((one) => one === 'point_answered_already')).toHaveLength(30);
		await joinsNothing(s, at.ids[0]!, 30);
		// Words that change while people answer leave none of their answers behind.
		await Promise.all([
			at.olive.calls('redact_note', { session_id: at.session_id, passage: 'Beds' }),
			...people.map((one) => says(one, at, at.ids[1], 'yes').catch(() => null))
		]);
		const orphans = await s.sql(
			`select from private.confirmation_pending p where not exists (
				select from private.confirmation_points o where o.point_id = p.point_id)`
		);
		expect(orphans).toEqual([]);
	})
);
