import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { breakout, confirmed, forum, inDays, insert, list, member, organizer } from './builders';
import { concurrent } from './engine';
import { scene, together, type Persona, type Said, type Scene } from './scene';

// Notes are for who takes them, for organizers, and once reviewed for who signed up. Of a closed session a government
// learns nothing at all, and of two people who write none loses a word.

const secret = 'Housing runs out in June';
const part = (key: string, version: number, body: string, recommendation = '') => ({
	key,
	version,
	body,
	recommendation
});

/** A forum with a session, its note-taker, an organizer, and somebody who signed up. */
async function stage(s: Scene, about: Record<string, unknown> = {}) {
	const { forum_id, slug } = (await forum(s)) as { forum_id: string; slug: string };
	const session_id = await breakout(s, forum_id, about);
	const olive = await organizer(s);
	const nora = await member(s, 'Nora');
	const pat = await member(s, 'Pat');
	await confirmed(s, pat, forum_id);
	if (about.sign_up !== false) await pat.calls('sign_up', { session_id });
	await olive.calls('name_note_taker', { forum_id, session_id, address: nora.email });
	return { forum_id, slug, session_id, olive, nora, pat };
}

const saves = (who: Persona, session_id: string, ...parts: ReturnType<typeof part>[]) =>
	who.calls('save_note', { session_id, language: 'en', parts });
const opens = (who: Persona, slug: string, session_id: string) =>
	who.calls('note_page', { slug, session_id });
const reviews = async (olive: Persona, slug: string, session_id: string) => {
	const { version } = await opens(olive, slug, session_id);
	await olive.calls('review_note', { session_id, version, reviewed: true });
};

/** Reviewed notes with one pair; the pair's id. */
async function reviewed(s: Scene, at: Awaited<ReturnType<typeof stage>>) {
	const { session_id, slug, olive, nora } = at;
	await saves(nora, session_id, part('1', 0, secret), part(randomUUID(), 0, secret, 'Fund beds'));
	await reviews(olive, slug, session_id);
	const { pairs } = await olive.calls('themes_for_organizers', { slug });
	return pairs[0].part_id as string;
}

describe('a note-taker', () => {
	test('answers the three questions, adds pairs, and says that the notes are ready', () =>
		scene(async (s) => {
			const { slug, session_id, nora } = await stage(s);
			const before = await opens(nora, slug, session_id);
			expect(before).toMatchObject({ takes: true, status: null, version: 0, pairs: [] });
			expect(before.answers).toMatchObject([
				{ key: '1', prompt_en: 'What gets in the way?', version: 0 },
				{ key: '2', prompt_fr: 'Qu’est-ce qui change?' },
				{ key: '3', prompt_en: 'What works?' }
			]);
			// The same keys each time, so that a draft in the browser finds its field again.
			expect((await opens(nora, slug, session_id)).blanks).toEqual(before.blanks);
			await expect(nora.calls('submit_note', { session_id, ready: true })).rejects.toThrow(
				'note_not_found'
			);
			const saved = await saves(
				nora,
				session_id,
				part('1', 0, ` ${secret} `),
				part(before.blanks[0], 0, 'Beds are full', 'Fund beds')
			);
			expect(saved.parts).toHaveLength(2);
			expect(saved.parts.every(({ version }: { version: number }) => version === 1)).toBe(true);
			const after = await opens(nora, slug, session_id);
			expect(after).toMatchObject({ status: 'writing', language: 'en', version: 2 });
			expect(after.answers[0]).toMatchObject({ body: secret, version: 1 });
			expect(after.pairs).toMatchObject([{ body: 'Beds are full', recommendation: 'Fund beds' }]);
			expect(after.blanks).not.toContain(before.blanks[0]);
			for (let time = 0; time < 2; time++) {
				await nora.calls('submit_note', { session_id, ready: true });
				expect((await opens(nora, slug, session_id)).status).toBe('ready');
			}
			await nora.calls('submit_note', { session_id, ready: false });
			expect((await opens(nora, slug, session_id)).status).toBe('writing');
		}));

	test('writes nothing after the review, and again once it is reopened', () =>
		scene(async (s) => {
			const { slug, session_id, nora, olive } = await stage(s);
			await saves(nora, session_id, part('1', 0, secret));
			const { version } = await opens(olive, slug, session_id);
			await saves(nora, session_id, part('1', 1, 'Other words'));
			// The organizer has not read these words.
			const late = olive.calls('review_note', { session_id, version, reviewed: true });
			await expect(late).rejects.toMatchObject({ message: 'note_changed', code: 'PT409' });
			for (let time = 0; time < 2; time++) await reviews(olive, slug, session_id);
			const more = () => saves(nora, session_id, part('1', 2, 'More'));
			await expect(more()).rejects.toMatchObject({ message: 'note_reviewed', code: 'PT409' });
			await expect(nora.calls('submit_note', { session_id, ready: false })).rejects.toThrow(
				'note_reviewed'
			);
			await expect(
				nora.calls('review_note', { session_id, version, reviewed: false })
			).rejects.toThrow('organizers_only');
			await olive.calls('review_note', { session_id, version: null, reviewed: false });
			await more();
		}));

	test('is refused what is empty, too long, too much or of no such part', () =>
		scene(async (s) => {
			const { slug, session_id, nora, olive } = await stage(s);
			await saves(nora, session_id);
			await expect(nora.calls('submit_note', { session_id, ready: true })).rejects.toThrow(
				'note_empty'
			);
			await expect(reviews(olive, slug, session_id)).rejects.toThrow('note_empty');
			const wrong: [object[], object][] = [
				[[part('1', 0, 'a'.repeat(4001))], { constraint: 'note_parts_body_length' }],
				[[part(randomUUID(), 0, 'a'.repeat(1001))], { constraint: 'note_parts_finding_length' }],
				[[part('1', 0, 'a', 'b')], { constraint: 'note_parts_answers_are_no_pairs' }],
				[[part('x', 0, 'a')], { constraint: 'note_parts_key_shape' }],
				[Array.from({ length: 61 }, () => part(randomUUID(), 0, 'a')), { message: 'note_full' }]
			];
			for (const [parts, refusal] of wrong) {
				const save = nora.calls('save_note', { session_id, language: 'en', parts });
				await expect(save).rejects.toMatchObject(refusal);
			}
			await expect(
				nora.calls('save_note', { session_id, language: 'en', parts: { a: 1 } })
			).rejects.toThrow('note_full');
			const half = Array.from({ length: 40 }, () => part(randomUUID(), 0, 'a'));
			await saves(nora, session_id, ...half);
			const other = Array.from({ length: 40 }, () => part(randomUUID(), 0, 'a'));
			await expect(saves(nora, session_id, ...other)).rejects.toThrow('note_full');
		}));

	test('of another session or forum is refused, and so is everybody else', () =>
		scene(async (s) => {
			const { forum_id, slug, session_id, olive, pat } = await stage(s);
			const other = await stage(s);
			const beside = await breakout(s, forum_id, { starts_at: inDays(31), ends_at: inDays(31.1) });
			const bea = await member(s, 'Bea');
			await olive.calls('name_note_taker', { forum_id, session_id: beside, address: bea.email });
			const sue = await member(s, 'Sue');
			await olive.calls('name_note_taker', { forum_id, session_id, address: sue.email });
			await olive.calls('suspend_person', { person_id: sue.id, reason: 'Spam' });
			for (const someone of [bea, other.nora, pat, await member(s, 'Olga')]) {
				await expect(saves(someone, session_id, part('1', 0, secret))).rejects.toMatchObject({
					message: 'note_takers_only',
					code: 'PT403'
				});
				expect(await opens(someone, slug, session_id)).toBeNull();
				for (const [verb, args] of [
					['note_conflicts', { session_id, parts: [] }],
					['submit_note', { session_id, ready: true }]
				] as const) {
					await expect(someone.calls(verb, args)).rejects.toThrow('note_takers_only');
				}
				for (const [verb, args] of [
					['notes_for_organizers', { slug }],
					['themes_for_organizers', { slug }],
					['note_versions', { session_id }],
					['redact_note', { session_id, passage: secret }],
					['delete_note', { session_id }]
				] as const) {
					await expect(someone.calls(verb, args), verb).rejects.toThrow('organizers_only');
				}
			}
			await expect(saves(sue, session_id, part('1', 0, secret))).rejects.toThrow(
				'account_suspended'
			);
			expect(
				await s.sql('select from private.note_takers where person_id = $1', [sue.id])
			).toHaveLength(0);
			await expect(saves(bea, randomUUID(), part('1', 0, secret))).rejects.toThrow(
				'session_not_found'
			);
		}));

	test('of all sessions has the role of the forum, until it ends', () =>
		scene(async (s) => {
			const { forum_id, slug, session_id, olive } = await stage(s);
			const rosa = await member(s, 'Rosa');
			await olive.calls('name_note_taker', { forum_id, session_id: null, address: rosa.email });
			await saves(rosa, session_id, part('1', 0, secret));
			expect((await rosa.calls('my_notes', { slug })).sessions).toMatchObject([{ takes: true }]);
			const { everywhere } = await olive.calls('notes_for_organizers', { slug });
			expect(everywhere).toMatchObject([{ name: 'Rosa' }]);
			await olive.calls('end_role', { role_id: everywhere[0].role_id });
			expect(await opens(rosa, slug, session_id)).toBeNull();
			await expect(saves(rosa, session_id)).rejects.toThrow('note_takers_only');
		}));

	test('is named by address, once, and ends again', () =>
		scene(async (s) => {
			const { forum_id, slug, session_id, olive, nora } = await stage(s);
			const name = (address: string, session: string | null = session_id) =>
				olive.calls('name_note_taker', { forum_id, session_id: session, address });
			await expect(name('nobody@example.org')).rejects.toThrow('note_taker_without_account');
			await expect(name(nora.email, randomUUID())).rejects.toThrow('session_not_found');
			await expect(name(olive.email, null)).rejects.toThrow('another_organizer_first');
			await name(` ${nora.email.toUpperCase()} `);
			const sessions = async () =>
				(await olive.calls('notes_for_organizers', { slug })).sessions[0].takers;
			expect(await sessions()).toMatchObject([{ name: 'Nora' }]);
			const gone = { session_id, person_id: nora.id };
			await expect(nora.calls('end_note_taker', gone)).rejects.toThrow('organizers_only');
			for (let time = 0; time < 2; time++) await olive.calls('end_note_taker', gone);
			expect(await sessions()).toEqual([]);
			await expect(
				nora.calls('name_note_taker', { forum_id, session_id, address: nora.email })
			).rejects.toThrow('organizers_only');
		}));
});

test('who signed up reads the notes once they are reviewed, and nobody else', () =>
	scene(async (s) => {
		const at = await stage(s);
		const { slug, session_id, nora, pat, forum_id, olive } = at;
		const ned = await member(s, 'Ned');
		await confirmed(s, ned, forum_id);
		await saves(nora, session_id, part('1', 0, secret));
		expect(await opens(pat, slug, session_id)).toBeNull();
		expect((await pat.calls('my_notes', { slug })).sessions).toEqual([]);
		await reviews(olive, slug, session_id);
		expect(await opens(pat, slug, session_id)).toMatchObject({
			takes: false,
			blanks: [],
			answers: [{ body: secret }, {}, {}]
		});
		expect((await pat.calls('my_notes', { slug })).sessions).toMatchObject([{ takes: false }]);
		expect(await opens(ned, slug, session_id)).toBeNull();
		await expect(s.visitor.calls('note_page', { slug, session_id })).rejects.toMatchObject({
			code: '42501'
		});
		await pat.calls('cancel_registration', { forum_id });
		expect(await opens(pat, slug, session_id)).toBeNull();
	}));

describe('two editors', () => {
	test('of different parts both save; of the same part the second one gets both texts', () =>
		scene(async (s) => {
			const { slug, session_id, nora, olive } = await stage(s);
			await saves(nora, session_id, part('1', 0, 'First'));
			await saves(olive, session_id, part('2', 0, 'Second'));
			// Without script a form sends all parts: what its editor did not change is left alone.
			await saves(nora, session_id, part('1', 1, 'First again'), part('2', 0, ''));
			expect((await opens(nora, slug, session_id)).answers).toMatchObject([
				{ body: 'First again' },
				{ body: 'Second' },
				{ body: '' }
			]);
			const parts = [part('1', 1, 'Mine'), part('3', 0, 'Third')];
			await expect(saves(olive, session_id, ...parts)).rejects.toMatchObject({
				message: 'note_changed',
				code: 'PT409'
			});
			expect(await olive.calls('note_conflicts', { session_id, parts })).toMatchObject({
				parts: [{ key: '1', body: 'First again', version: 2 }]
			});
			expect((await opens(nora, slug, session_id)).answers[2].body).toBe('');
			await saves(olive, session_id, part('1', 2, 'Mine and theirs'), part('3', 0, 'Third'));
			const versions = await olive.calls('note_versions', { session_id });
			expect(versions.map(({ body }: { body: string }) => body).sort()).toEqual([
				'First',
				'First again'
			]);
			await expect(nora.calls('note_versions', { session_id })).rejects.toThrow('organizers_only');
		}));

	test('lose nothing in any order of their saves', { timeout: 60_000 }, () =>
		scene(async (s) => {
			const { slug, session_id, nora, olive } = await stage(s);
			const keys = ['1', '2', '3', randomUUID()];
			const editors = [nora, olive, nora].map((who) => ({
				who,
				seen: Object.fromEntries(keys.map((key) => [key, { version: 0, body: '' }]))
			}));
			let random = 7;
			const next = (below: number) => {
				random = (random * 1103515245 + 12345) % 2147483648;
				return Math.floor((random / 2147483648) * below);
			};
			const accepted: string[] = [];
			for (let n = 0; n < 150; n++) {
				const { who, seen } = editors[next(editors.length)]!;
				const key = keys[next(keys.length)]!;
				const body = `${seen[key]!.body.slice(-20)} word${n}`.trim();
				const sends = next(2) ? keys : [key];
				const parts = sends.map((k) => part(k, seen[k]!.version, k === key ? body : seen[k]!.body));
				try {
					for (const { key: k, version } of (await saves(who, session_id, ...parts)).parts) {
						// A part left alone keeps the version that was sent, so its text is still the one seen.
						if (k === key) seen[k] = { version, body };
					}
					accepted.push(body);
				} catch (thrown) {
					expect((thrown as Said).message).toBe('note_changed');
					const { parts: theirs } = await who.calls('note_conflicts', { session_id, parts });
					expect(theirs).not.toEqual([]);
					for (const { key: k, version, body: their } of theirs) seen[k] = { version, body: their };
				}
			}
			const { answers, pairs } = await opens(olive, slug, session_id);
			const now = [...answers, ...pairs].map(({ body }: { body: string }) => body);
			const versions = (await s.sql<{ body: string }>('select body from private.note_history')).map(
				({ body }) => body
			);
			expect(accepted.length).toBeGreaterThan(20);
			for (const body of accepted) expect(versions).toContain(body);
			for (const body of now.filter(Boolean)) expect(accepted).toContain(body);
		})
	);

	test.skipIf(!concurrent)('who save at the same moment are told apart', () =>
		together(async (s) => {
			const { session_id, nora, olive } = await stage(s);
			const outcomes = await Promise.allSettled(
				[nora, olive, nora, olive].map((who, n) =>
					saves(who, session_id, part('1', 0, `Text ${n}`))
				)
			);
			expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
			for (const outcome of outcomes) {
				if (outcome.status === 'rejected') expect(outcome.reason.message).toBe('note_changed');
			}
		})
	);
});

describe('what an organizer removes', () => {
	test('is gone from the text and from all versions, and leaves a mark', () =>
		scene(async (s) => {
			const { slug, session_id, nora, olive } = await stage(s);
			const key = randomUUID();
			await saves(nora, session_id, part('1', 0, `${secret}.`), part('2', 0, 'Stays'));
			await saves(nora, session_id, part(key, 0, `So ${secret}`, secret));
			await saves(nora, session_id, part(key, 1, 'Reworded', 'Reworded'));
			const redact = (passage: string) => olive.calls('redact_note', { session_id, passage });
			await expect(redact(' a ')).rejects.toThrow('passage_missing');
			await expect(redact('Never said')).rejects.toThrow('passage_not_found');
			await redact(` ${secret} `);
			const page = await opens(nora, slug, session_id);
			expect(page.answers[0]).toMatchObject({ body: '[…].', version: 2 });
			expect(page.answers[0].redacted_at).not.toBeNull();
			expect(page.answers[1]).toMatchObject({ body: 'Stays', redacted_at: null });
			expect(page.pairs[0]).toMatchObject({ body: 'Reworded' });
			expect(page.pairs[0].redacted_at).not.toBeNull();
			const rows = await s.sql(`select h.* from private.note_history h`);
			expect(JSON.stringify(rows)).not.toContain(secret);
			expect(JSON.stringify(await nora.calls('export_my_data'))).not.toContain(secret);
			// Who has the old text open gets both, and does not overwrite what was removed.
			await expect(saves(nora, session_id, part('1', 1, `${secret}.`))).rejects.toThrow(
				'note_changed'
			);
			await expect(nora.calls('redact_note', { session_id, passage: 'Stays' })).rejects.toThrow(
				'organizers_only'
			);
		}));

	test('as whole notes takes pairs, versions and sources along, and is possible once', () =>
		scene(async (s) => {
			const at = await stage(s);
			const { forum_id, slug, session_id, olive } = at;
			const part_id = await reviewed(s, at);
			const theme_id = randomUUID();
			await olive.calls('add_theme', {
				theme_id,
				forum_id,
				title_en: 'Housing',
				title_fr: 'Logement'
			});
			await olive.calls('set_theme', { part_id, theme_id });
			await list(s, forum_id, 1);
			const [area] = await s.sql<{ area_id: string }>('select area_id from public.areas');
			const title = { title_en: 'Fund beds', title_fr: 'Financer des lits' };
			await olive.calls('theme_to_list', { theme_id, ...area, ...title });
			// The session stays as long as it has notes.
			await s.sql('delete from public.signups');
			await expect(olive.calls('delete_session', { session_id })).rejects.toThrow(
				'session_has_notes'
			);
			await olive.calls('delete_note', { session_id });
			for (const table of ['notes', 'note_parts', 'note_history', 'note_sources']) {
				expect(await s.sql(`select from private.${table}`), table).toEqual([]);
			}
			expect((await olive.calls('themes_for_organizers', { slug })).pairs).toEqual([]);
			await expect(olive.calls('delete_note', { session_id })).rejects.toThrow('note_not_found');
			await olive.calls('delete_session', { session_id });
		}));
});

describe('themes', () => {
	test('gather pairs of reviewed notes, and lead to the list with their source', () =>
		scene(async (s) => {
			const at = await stage(s);
			const { forum_id, slug, session_id, olive, nora } = at;
			const part_id = await reviewed(s, at);
			const theme_id = randomUUID();
			const theme = { theme_id, forum_id, title_en: 'Housing', title_fr: 'Logement' };
			for (let time = 0; time < 2; time++) await olive.calls('add_theme', theme);
			const title = { title_en: 'Fund beds', title_fr: 'Financer des lits' };
			const [other] = await s.sql<{ area_id: string }>(
				`insert into public.areas (forum_id, name_en, name_fr, position) values ($1, 'Other', 'Autre', 1) returning area_id`,
				[(await forum(s)).forum_id]
			);
			const { area_id } = await insert(s, 'areas', {
				area_id: randomUUID(),
				forum_id,
				name_en: 'Services',
				name_fr: 'Services',
				position: 1
			});
			const toList = (area = area_id) =>
				olive.calls('theme_to_list', { theme_id, area_id: area, ...title });
			await expect(toList()).rejects.toThrow('theme_empty');
			for (let time = 0; time < 2; time++) await olive.calls('set_theme', { part_id, theme_id });
			await expect(toList(other!.area_id)).rejects.toThrow('area_not_found');
			expect(await toList()).toBe(await toList());
			const page = () => olive.calls('themes_for_organizers', { slug });
			expect(await page()).toMatchObject({
				pairs: [{ theme_id, finding: secret, recommendation: 'Fund beds', session_id }],
				themes: [{ theme_id, title_en: 'Housing', priorities: [title] }]
			});
			expect(await s.sql('select part_id from private.note_sources')).toEqual([{ part_id }]);
			// Notes that are open again are no longer gathered.
			await olive.calls('review_note', { session_id, version: null, reviewed: false });
			expect(await page()).toMatchObject({ pairs: [], themes: [{ priorities: [] }] });
			await expect(olive.calls('set_theme', { part_id, theme_id })).rejects.toThrow(
				'pair_not_found'
			);
			await reviews(olive, slug, session_id);
			await olive.calls('set_theme', { part_id, theme_id: null });
			await expect(olive.calls('set_theme', { part_id, theme_id: randomUUID() })).rejects.toThrow(
				'theme_not_found'
			);
			const elsewhere = await stage(s);
			const foreign = await reviewed(s, elsewhere);
			await expect(olive.calls('set_theme', { part_id: foreign, theme_id })).rejects.toThrow(
				'theme_not_found'
			);
			for (const [verb, args] of [
				['add_theme', theme],
				['set_theme', { part_id, theme_id }],
				['delete_theme', { theme_id }],
				['theme_to_list', { theme_id, area_id, ...title }]
			] as const) {
				await expect(nora.calls(verb, args), verb).rejects.toThrow('organizers_only');
			}
			await olive.calls('set_theme', { part_id, theme_id });
			await olive.calls('delete_theme', { theme_id });
			expect(await page()).toMatchObject({ pairs: [{ theme_id: null }], themes: [] });
			await expect(olive.calls('delete_theme', { theme_id })).rejects.toThrow('theme_not_found');
		}));
});

describe('notes of a session that is closed to government', () => {
	/** All that somebody may ask for, as text: tables, pages, their data, what errors say. */
	async function everything(someone: Persona, slug: string, session_id: string, other: object) {
		const answers: unknown[] = [];
		for (const table of [
			'notes',
			'note_parts',
			'note_history',
			'note_takers',
			'note_themes',
			'note_sources'
		]) {
			for (const query of [
				`select * from private.${table}`,
				`select count(*) from private.${table}`
			]) {
				const answer = await someone.query(query).catch((thrown: Said) => thrown);
				expect(answer, query).toMatchObject({ code: '42501' });
			}
		}
		for (const helper of ['open_sessions', 'notes_to_review', 'theme_pairs']) {
			const query = `select private.${helper}($1)`;
			await expect(someone.query(query, [randomUUID()]), query).rejects.toMatchObject({
				code: '42501'
			});
		}
		for (const [verb, args] of [
			['my_notes', { slug }],
			['note_page', { slug, session_id }],
			['note_conflicts', { session_id, parts: [part('1', 0, 'x')] }],
			['note_versions', { session_id }],
			['notes_for_organizers', { slug }],
			['themes_for_organizers', { slug }],
			['save_note', { session_id, language: 'en', parts: [part('1', 0, 'x')] }],
			['submit_note', { session_id, ready: true }],
			['review_note', { session_id, version: 1, reviewed: true }],
			['redact_note', { session_id, passage: secret }],
			['delete_note', { session_id }],
			['end_note_taker', { session_id, person_id: someone.id }],
			['set_theme', other],
			['delete_session', { session_id }],
			['export_my_data', {}],
			['home_page', {}],
			['organize', {}],
			['audit_list', { person: null, name: '', action: '', since: null, until: null, after: null }]
		] as const) {
			answers.push([
				verb,
				await someone
					.calls(verb, args as Record<string, unknown>)
					.catch(({ message, detail, code }: Said) => [message, detail, code])
			]);
		}
		return answers;
	}

	// Times, ids and the audit of what was done in between differ without saying anything.
	const plain = (answers: unknown[]) =>
		JSON.stringify(answers).replaceAll(/\d{4}-\d\d-\d\d[T ][^"]*|[0-9a-f]{8}-[0-9a-f-]{27}/g, '·');

	test.each([
		['a note-taker of a government', 'government', false],
		['a note-taker of the police', 'law_enforcement', false],
		['an organizer of a government', 'government', true]
	] as const)(
		'are nowhere for %s: no answer differs from one without notes',
		(_, sector, organizes) =>
			scene(async (s) => {
				const at = await stage(s, { closed_to_government: true });
				const { forum_id, slug, session_id, olive, nora } = at;
				const gus = await (organizes ? organizer(s, 'Gus') : member(s, 'Gus'));
				for (const session of [session_id, null]) {
					await olive.calls('name_note_taker', {
						forum_id,
						session_id: session,
						address: gus.email
					});
				}
				await confirmed(s, gus, forum_id);
				await gus.calls('sign_up', { session_id });
				const mine = await saves(gus, session_id, part('3', 0, `${secret} too`));
				expect(mine.parts).toMatchObject([{ version: 1 }]);
				await olive.calls('delete_note', { session_id });
				await s.sql('update public.people set sector = $2 where person_id = $1', [gus.id, sector]);
				const other = { part_id: randomUUID(), theme_id: null };
				const without = await everything(gus, slug, session_id, other);

				const key = randomUUID();
				await saves(nora, session_id, part('1', 0, secret), part(key, 0, secret, secret));
				await nora.calls('submit_note', { session_id, ready: true });
				const writing = await everything(gus, slug, session_id, other);
				await reviews(olive, slug, session_id);
				const [row] = await s.sql<{ part_id: string }>(
					'select part_id from private.note_parts where key = $1',
					[key]
				);
				const theme_id = randomUUID();
				await olive.calls('add_theme', {
					theme_id,
					forum_id,
					title_en: 'Theme',
					title_fr: 'Thème'
				});
				await olive.calls('set_theme', { part_id: row!.part_id, theme_id });
				const after = await everything(gus, slug, session_id, { ...row, theme_id: null });
				const apart = (answers: unknown[]) =>
					plain(answers.filter((answer) => (answer as [string])[0] !== 'audit_list'));
				expect(apart(writing)).toBe(apart(without));
				expect(apart(after)).toBe(apart(without));
				expect(plain([writing, after])).not.toMatch(/Housing runs|Theme/);
				await expect(gus.calls('delete_theme', { theme_id })).rejects.toThrow();

				// The session is opened later; what was said in the closed one stays closed.
				await s.sql('update public.sessions set closed_to_government = false');
				expect(await opens(gus, slug, session_id)).toBeNull();
				expect(JSON.stringify(await gus.calls('export_my_data'))).not.toContain(secret);
				expect(await opens(nora, slug, session_id)).toMatchObject({ closed: true });
			})
	);

	test('are closed to who was not approved, and nobody of a government is named for them', () =>
		scene(async (s) => {
			const { forum_id, session_id, olive, slug } = await stage(s, { closed_to_government: true });
			const una = await member(s, 'Una', { approved: false });
			const gus = await member(s, 'Gus', { sector: 'government' });
			for (const someone of [una, gus]) {
				const naming = { forum_id, session_id, address: someone.email };
				await expect(olive.calls('name_note_taker', naming)).rejects.toThrow(
					'note_taker_not_admitted'
				);
				await olive.calls('name_note_taker', { ...naming, session_id: null });
				expect((await someone.calls('my_notes', { slug })).sessions).toEqual([]);
				expect(await opens(someone, slug, session_id)).toBeNull();
			}
		}));

	test('close when the session closes: a government note-taker loses them on that moment', () =>
		scene(async (s) => {
			const { forum_id, slug, session_id, olive } = await stage(s);
			const gus = await member(s, 'Gus', { sector: 'government' });
			await olive.calls('name_note_taker', { forum_id, session_id, address: gus.email });
			await saves(gus, session_id, part('1', 0, secret));
			await s.sql('update public.sessions set closed_to_government = true');
			expect(await opens(gus, slug, session_id)).toBeNull();
			await expect(saves(gus, session_id, part('1', 1, 'x'))).rejects.toThrow('session_not_found');
			expect(JSON.stringify(await gus.calls('export_my_data'))).not.toContain(secret);
		}));
});

test('organizers change the prompts over the version they saw, for notes that are not begun', () =>
	scene(async (s) => {
		const { forum_id, slug, session_id, olive, nora } = await stage(s);
		const beside = await breakout(s, forum_id, { starts_at: inDays(31), ends_at: inDays(31.1) });
		await saves(nora, session_id, part('1', 0, secret));
		const change = { forum_id, version: 1, prompts_en: ['A', ' ', 'B'], prompts_fr: ['C', 'D'] };
		expect(await olive.calls('save_note_prompts', change)).toBe(2);
		await expect(olive.calls('save_note_prompts', change)).rejects.toThrow('prompts_changed');
		expect(await olive.calls('save_note_prompts', { ...change, version: 2 })).toBe(3);
		for (const [wrong, constraint] of [
			[{ prompts_fr: ['C'] }, 'note_prompts_in_pairs'],
			[{ prompts_en: [], prompts_fr: [] }, 'note_prompts_number'],
			[{ prompts_en: ['a'.repeat(999), 'b'] }, 'note_prompts_prompts_en_length']
		] as const) {
			const save = olive.calls('save_note_prompts', { ...change, version: 3, ...wrong });
			await expect(save).rejects.toMatchObject({ constraint });
		}
		await expect(nora.calls('save_note_prompts', { ...change, version: 3 })).rejects.toThrow(
			'organizers_only'
		);
		expect((await opens(olive, slug, session_id)).answers).toHaveLength(3);
		expect((await opens(olive, slug, beside)).answers).toMatchObject([
			{ prompt_en: 'A', prompt_fr: 'C' },
			{ prompt_en: 'B', prompt_fr: 'D' }
		]);
	}));

test('home says on the day which notes to take, and organizers how many to review', () =>
	scene(async (s) => {
		const { forum_id, slug, session_id, olive, nora } = await stage(s);
		const tasks = async (who: Persona) => (await who.calls('home_page')).page;
		const waiting = async () =>
			(await olive.calls('organize')).forums.find((f: { slug: string }) => f.slug === slug)
				.notes_to_review;
		expect((await tasks(nora)).notes_to_take).toEqual([]);
		await s.sql(
			`update public.forums set starts_on = (now() at time zone time_zone)::date, ends_on = (now() at time zone time_zone)::date,
				registration_opens_at = null, registration_closes_at = null where forum_id = $1`,
			[forum_id]
		);
		await s.sql(
			"update public.sessions set starts_at = now(), ends_at = now() + interval '1 hour'"
		);
		expect((await tasks(nora)).notes_to_take).toMatchObject([{ slug, session_id }]);
		expect((await tasks(olive)).notes_to_take).toEqual([]);
		await saves(nora, session_id, part('1', 0, secret));
		expect((await tasks(nora)).notes_to_take).toHaveLength(1);
		expect(await waiting()).toBe(0);
		await nora.calls('submit_note', { session_id, ready: true });
		expect((await tasks(nora)).notes_to_take).toEqual([]);
		expect(await waiting()).toBe(1);
		await reviews(olive, slug, session_id);
		expect(await waiting()).toBe(0);
		const rosa = await member(s, 'Rosa');
		await olive.calls('name_note_taker', { forum_id, session_id: null, address: rosa.email });
		expect((await tasks(rosa)).notes_of_forums).toMatchObject([{ slug }]);
	}));

test('one’s data holds what one wrote; a deleted account leaves the notes without its name', () =>
	scene(async (s) => {
		const { slug, session_id, nora, olive } = await stage(s);
		await saves(nora, session_id, part('1', 0, secret));
		expect(await nora.calls('export_my_data')).toMatchObject({
			note_takers: [{ session: 'Breakout' }],
			note_history: [{ body: secret, session: 'Breakout' }]
		});
		expect(await olive.calls('export_my_data')).toMatchObject({
			note_takers: [],
			note_history: []
		});
		await nora.calls('delete_my_account');
		expect(await s.sql('select saved_by from private.note_history')).toEqual([{ saved_by: null }]);
		expect(await s.sql('select from private.note_takers')).toEqual([]);
		expect((await opens(olive, slug, session_id)).answers[0].body).toBe(secret);
	}));

test('a year after the forum the versions and the names of note-takers go; the notes stay', () =>
	scene(async (s) => {
		const { forum_id, session_id, nora } = await stage(s);
		await saves(nora, session_id, part('1', 0, secret));
		const end = (days: number) =>
			s.sql(
				`update public.forums set starts_on = current_date - $2::integer, ends_on = current_date - $2::integer,
					registration_opens_at = null, registration_closes_at = null where forum_id = $1`,
				[forum_id, days]
			);
		await end(360);
		expect(await s.service.calls('delete_old_data')).toMatchObject({
			note_takers: 0,
			note_versions: 0
		});
		await end(370);
		expect(await s.service.calls('delete_old_data')).toMatchObject({
			note_takers: 1,
			note_versions: 1
		});
		expect(await s.sql('select body from private.note_parts where body <> $1', [''])).toEqual([
			{ body: secret }
		]);
	}));

test('a copy of a forum asks its note-takers the same', () =>
	scene(async (s) => {
		const { forum_id } = await forum(s);
		const { forum_id: copy_id } = await forum(s);
		const olive = await organizer(s);
		const prompts = { prompts_en: ['A'], prompts_fr: ['B'] };
		await olive.calls('save_note_prompts', { forum_id, version: 1, ...prompts });
		await s.sql('select private.notes_clone_forum($1, $2)', [forum_id, copy_id]);
		expect(
			await s.sql('select prompts_en, prompts_fr from private.note_prompts where forum_id = $1', [
				copy_id
			])
		).toEqual([prompts]);
	}));
