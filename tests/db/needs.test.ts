import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { afterAll, describe, expect, test } from 'vitest';
import { migrations } from '../../src/lib/embedded/migrate.server';
import { listSchema, mineSchema, overviewSchema } from '../../src/lib/needs/schema';
import type { Backend } from '../../src/lib/platform/db/backend';
import { openBackend } from '../../src/lib/platform/db/open.server';
import { readSettings } from '../../src/lib/platform/settings.server';
import { confirmed, forum, inDays, member, organizer } from './builders';
import { scene, type Persona, type Scene } from './scene';

// What somebody needs is for two to read: the person, and a needs reader of that forum, whose reading is logged.

const secret = 'Peanuts close my throat';
const said = {
	kinds: ['vegan', 'allergy'],
	other_language: '',
	phone: '',
	words: secret
};

/** Somebody confirmed who said what they need, and a needs reader who organizes nothing. */
async function stage(s: Scene) {
	const { forum_id, slug } = await forum(s);
	const amira = await member(s, 'Amira');
	await confirmed(s, amira, forum_id, { name: 'Amira' });
	await amira.calls('save_needs', { forum_id, ...said });
	const olive = await organizer(s);
	const rosa = await reader(s, olive, forum_id);
	return { forum_id, slug: slug as string, amira, olive, rosa };
}

async function reader(s: Scene, olive: Persona, forum_id: string): Promise<Persona> {
	const rosa = await member(s, 'Rosa');
	const role = 'needs_reader';
	await olive.calls('name_role', { person_id: rosa.id, role, forum_id, ends_on: null });
	return rosa;
}

const opens = (someone: Persona, slug: string) =>
	someone.calls('read_needs', { slug, after: null });

test('a person says what they need, changes it, and deletes it', () =>
	scene(async (s) => {
		const { forum_id, amira } = await stage(s);
		const mine = async () => mineSchema.parse(await amira.calls('my_needs', { forum_id }));
		expect(await mine()).toEqual({ needs: said, readers: 1, readings: [] });
		const changed = { ...said, kinds: ['call', 'asl', 'call'], phone: ' 204 555-0199 ', words: '' };
		for (let time = 0; time < 2; time++) await amira.calls('save_needs', { forum_id, ...changed });
		expect((await mine()).needs).toEqual({
			kinds: ['asl', 'call'],
			other_language: '',
			phone: '204 555-0199',
			words: ''
		});
		// A number that is no longer needed is not stored.
		await amira.calls('save_needs', { forum_id, ...changed, kinds: ['asl'] });
		expect((await mine()).needs).toMatchObject({ kinds: ['asl'], phone: '' });
		for (let time = 0; time < 2; time++) {
			await amira.calls('save_needs', { forum_id, ...said, kinds: [], words: '  ' });
			expect((await mine()).needs).toBeNull();
		}
		expect(await s.sql('select from private.needs')).toEqual([]);
	}));

test('who waits may say it too; who is not registered, has cancelled, or comes too late is refused', () =>
	scene(async (s) => {
		const { forum_id } = await forum(s);
		const wei = await member(s, 'Wei');
		await confirmed(s, wei, forum_id, { status: 'waitlisted', confirmed_at: null });
		await wei.calls('save_needs', { forum_id, ...said });
		const ned = await member(s, 'Ned');
		await confirmed(s, ned, forum_id, { status: 'cancelled', confirmed_at: null });
		for (const outsider of [ned, await member(s, 'Olga')]) {
			const refusal = { message: 'not_registered', code: 'PT404' };
			const save = outsider.calls('save_needs', { forum_id, ...said });
			await expect(save).rejects.toMatchObject(refusal);
			await expect(outsider.calls('my_needs', { forum_id })).rejects.toMatchObject(refusal);
		}
		await expect(s.visitor.calls('save_needs', { forum_id, ...said })).rejects.toMatchObject({
			code: '42501'
		});
		await s.sql('update public.forums set cancelled_at = now() where forum_id = $1', [forum_id]);
		const again = () => wei.calls('save_needs', { forum_id, ...said });
		await expect(again()).rejects.toMatchObject({ message: 'forum_cancelled', code: 'PT409' });
		await s.sql(
			`update public.forums set cancelled_at = null, starts_on = current_date - 9, ends_on = current_date - 9
			where forum_id = $1`,
			[forum_id]
		);
		await expect(again()).rejects.toMatchObject({ message: 'needs_too_late', code: 'PT409' });
		// What is stored can still be deleted then.
		await wei.calls('save_needs', { forum_id, ...said, kinds: [], words: '' });
		expect(await s.sql('select from private.needs')).toEqual([]);
	}));

test.each([
	['needs_other_language_named', { kinds: ['other_language'] }],
	['needs_call_has_phone', { kinds: ['call'] }],
	['needs_words_length', { words: 'a'.repeat(1001) }],
	['needs_phone_length', { kinds: ['call'], phone: '1'.repeat(41) }],
	['needs_other_language_length', { kinds: ['other_language'], other_language: 'a'.repeat(81) }]
])('what is incomplete or too long is refused by %s', (constraint, wrong) =>
	scene(async (s) => {
		const { forum_id, amira } = await stage(s);
		const save = amira.calls('save_needs', { forum_id, ...said, ...wrong });
		await expect(save).rejects.toMatchObject({ constraint });
	})
);

describe('names and words', () => {
	test('are for a needs reader, and the person sees each reading', () =>
		scene(async (s) => {
			const { forum_id, slug, amira, rosa } = await stage(s);
			const bea = await member(s, 'Bea');
			await confirmed(s, bea, forum_id, { name: 'Bea' });
			for (let time = 0; time < 2; time++) {
				const { people, next } = listSchema.parse(await opens(rosa, slug));
				expect(people).toMatchObject([{ name: 'Amira', status: 'confirmed', words: secret }]);
				expect(next).toBeNull();
			}
			const { readings } = mineSchema.parse(await amira.calls('my_needs', { forum_id }));
			expect(readings.map((reading) => reading.reader)).toEqual(['Rosa', 'Rosa']);
			expect((await bea.calls('my_needs', { forum_id })).readings).toEqual([]);
			expect(
				await s.sql(`select actor_id, subject_id from private.audit where action = 'read_needs'`)
			).toEqual([
				{ actor_id: rosa.id, subject_id: forum_id },
				{ actor_id: rosa.id, subject_id: forum_id }
			]);
			await rosa.calls('delete_my_account');
			expect((await amira.calls('my_needs', { forum_id })).readings[0].reader).toBeNull();
		}));

	test('come a hundred at a time, and only those on the page are logged', () =>
		scene(async (s) => {
			const { forum_id, slug, amira, olive, rosa } = await stage(s);
			for (let n = 0; n < 100; n++) {
				const name = `Zoe ${String(n).padStart(3, '0')}`;
				const zoe = await member(s, name);
				await confirmed(s, zoe, forum_id, { name });
				await zoe.calls('save_needs', { forum_id, ...said });
			}
			const first = listSchema.parse(await opens(rosa, slug));
			expect(first.people).toHaveLength(100);
			const rest = await rosa.calls('read_needs', { slug, after: first.next });
			expect(rest).toMatchObject({ people: [{ name: 'Zoe 099' }], next: null });
			expect(await s.sql('select count(*)::integer as n from private.needs_readings')).toEqual([
				{ n: 101 }
			]);
			expect((await amira.calls('my_needs', { forum_id })).readings).toHaveLength(1);
			const { people } = overviewSchema.parse(await olive.calls('needs_overview', { slug }));
			expect(people).toBe(101);
		}));

	test('are for nobody else: not in a list, an error, an export or the organizers’ totals', () =>
		scene(async (s) => {
			const { forum_id, slug, olive, rosa } = await stage(s);
			const other = await forum(s);
			const pat = await member(s, 'Pat');
			const orla = await member(s, 'Orla');
			const gus = await member(s, 'Gus', { sector: 'government' });
			const chi = await member(s, 'Chi');
			await confirmed(s, pat, forum_id);
			await confirmed(s, gus, forum_id);
			await confirmed(s, orla, other.forum_id);
			const role = { person_id: chi.id, role: 'check_in', forum_id, ends_on: null };
			await olive.calls('name_role', role);
			const refused: Record<string, Persona> = {
				'an organizer without the role': olive,
				'a participant': pat,
				'a participant of another forum': orla,
				'a needs reader of another forum': await reader(s, olive, other.forum_id),
				'a government': gus,
				'the police': await member(s, 'Pia', { sector: 'law_enforcement' }),
				'somebody at the check-in': chi
			};
			for (const [who, someone] of Object.entries(refused)) {
				await expect(opens(someone, slug), who).rejects.toMatchObject({
					message: 'needs_readers_only',
					code: 'PT403'
				});
				await expect(opens(someone, 'no-such-forum'), who).rejects.toThrow('needs_readers_only');
				expect(await everything(someone, forum_id), who).not.toContain(secret);
			}
			expect(await everything(rosa, forum_id)).not.toContain(secret);
			const totals = JSON.stringify(await olive.calls('needs_overview', { slug }));
			expect(totals).not.toMatch(/Amira|Peanuts/);
			await expect(s.visitor.calls('read_needs', { slug, after: null })).rejects.toMatchObject({
				code: '42501'
			});
			expect(await s.sql('select from private.needs_readings')).toEqual([]);
		}));

	test('are closed to a reader whose role ends, who is suspended, or who is of a government now', () =>
		scene(async (s) => {
			const { forum_id, slug, olive, rosa } = await stage(s);
			const held = await s.sql<{ role_id: string }>('select role_id from private.forum_roles');
			const closed = (message: string) => expect(opens(rosa, slug)).rejects.toThrow(message);
			const set = (column: string, value: string) =>
				s.sql(`update public.people set ${column} = ${value} where person_id = $1`, [rosa.id]);
			await opens(rosa, slug);
			await set('sector', `'government'`);
			await closed('needs_readers_only');
			await set('sector', `'ngo'`);
			await set('suspended_at', 'now()');
			await closed('account_suspended');
			await set('suspended_at', 'null');
			await opens(rosa, slug);
			await olive.calls('end_role', held[0]!);
			await closed('needs_readers_only');
			await s.sql(
				`insert into private.forum_roles (forum_id, person_id, role, starts_at, ends_at)
				values ($1, $2, 'needs_reader', now() - interval '2 days', now() - interval '1 second')`,
				[forum_id, rosa.id]
			);
			await closed('needs_readers_only');
			await s.sql(`update private.forum_roles set starts_at = now() + interval '1 second',
				ends_at = now() + interval '1 day'`);
			await closed('needs_readers_only');
		}));
});

/** All that somebody may ask for, as text: tables, pages, their data, and what errors say. */
async function everything(someone: Persona, forum_id: string): Promise<string> {
	const answers: unknown[] = [];
	for (const query of [
		'select * from private.needs',
		'select count(*) from private.needs',
		'select * from private.needs_readings',
		'select f.*, n.* from public.forums f left join private.needs n using (forum_id)',
		'select private.must_be_needs_reader(gen_random_uuid())'
	]) {
		const answer = await someone.query(query).catch((thrown: Error & { code: string }) => thrown);
		expect(answer, query).toMatchObject({ code: '42501' });
		answers.push(String(answer), (answer as { detail?: string }).detail);
	}
	for (const table of ['forums', 'registrations', 'current_memberships']) {
		answers.push(await someone.reads(table));
	}
	for (const [verb, args] of [
		['export_my_data', {}],
		['home_page', {}],
		['organize', {}],
		['my_needs', { forum_id }],
		['person_for_organizers', { person_id: someone.id }],
		['audit_list', { person: null, name: '', action: '', since: null, until: null, after: null }]
	] as const) {
		answers.push(await someone.calls(verb, args).catch((thrown: Error) => thrown.message));
	}
	return JSON.stringify(answers);
}

test('organizers get totals by way of taking part, and who may read names', () =>
	scene(async (s) => {
		const { forum_id, slug, olive, amira, rosa } = await stage(s);
		const wei = await member(s, 'Wei');
		await confirmed(s, wei, forum_id, { status: 'waitlisted', confirmed_at: null });
		await wei.calls('save_needs', { forum_id, ...said, kinds: ['vegan'], words: '' });
		const found = overviewSchema.parse(await olive.calls('needs_overview', { slug }));
		expect(found).toMatchObject({
			people: 2,
			with_words: 1,
			counts: [
				{ kind: 'vegan', in_person: 1, online: 0, waiting: 1 },
				{ kind: 'allergy', in_person: 1, online: 0, waiting: 0 }
			],
			readers: [{ person_id: rosa.id, name: 'Rosa' }],
			may_read: false
		});
		expect(await olive.calls('needs_overview', { slug: 'nowhere' })).toBeNull();
		for (const someone of [amira, rosa]) {
			await expect(someone.calls('needs_overview', { slug })).rejects.toThrow('organizers_only');
		}
		const { page } = await rosa.calls('home_page');
		expect(page.needs_to_read).toMatchObject([{ slug }]);
		expect((await amira.calls('home_page')).page.needs_to_read).toEqual([]);
	}));

test('what is provided is saved over the version that was seen, by organizers', () =>
	scene(async (s) => {
		const { forum_id, amira, olive } = await stage(s);
		const edit = { forum_id, version: 1, provided_en: 'An elevator', provided_fr: 'Un ascenseur' };
		expect(await olive.calls('save_provided', edit)).toBe(2);
		await expect(olive.calls('save_provided', edit)).rejects.toThrow('forum_changed');
		await expect(amira.calls('save_provided', { ...edit, version: 2 })).rejects.toThrow(
			'organizers_only'
		);
		const [row] = await s.visitor.reads('forums', { forum_id });
		expect(row).toMatchObject({ provided_en: 'An elevator', provided_fr: 'Un ascenseur' });
	}));

describe('needs are deleted', () => {
	const left = (s: Scene) =>
		s.sql(
			`select 'needs' from private.needs union all select 'reading' from private.needs_readings`
		);

	test.each([
		[
			'when the person cancels',
			(s: Scene, p: Persona, forum_id: string) => p.calls('cancel_registration', { forum_id })
		],
		['with the account', (s: Scene, p: Persona) => p.calls('delete_my_account')],
		[
			'when the person is suspended',
			async (s: Scene, p: Persona) =>
				(await organizer(s, 'Odo')).calls('suspend_person', { person_id: p.id, reason: 'Spam' })
		],
		[
			'when the registration is deleted',
			(s: Scene, p: Persona) =>
				s.sql('delete from public.registrations where person_id = $1', [p.id])
		]
	] as const)('%s, and nobody else’s', (_, ends) =>
		scene(async (s) => {
			const { forum_id, slug, amira, rosa } = await stage(s);
			const bea = await member(s, 'Bea');
			await confirmed(s, bea, forum_id);
			await bea.calls('save_needs', { forum_id, ...said });
			await opens(rosa, slug);
			expect(await left(s)).toHaveLength(4);
			await ends(s, amira, forum_id);
			expect(await left(s)).toHaveLength(2);
			expect((await bea.calls('my_needs', { forum_id })).needs).toMatchObject({ words: secret });
		})
	);

	test('when the forum is cancelled, and those of no other forum', () =>
		scene(async (s) => {
			const { forum_id, amira, olive } = await stage(s);
			const other = await forum(s);
			await confirmed(s, amira, other.forum_id);
			await amira.calls('save_needs', { forum_id: other.forum_id, ...said });
			await olive.calls('cancel_forum', { forum_id });
			expect(await s.sql('select forum_id from private.needs')).toEqual([
				{ forum_id: other.forum_id }
			]);
		}));

	test('30 days after the forum, and are not read on that day even before', () =>
		scene(async (s) => {
			const { forum_id, slug, olive, rosa } = await stage(s);
			await opens(rosa, slug);
			const end = (days: number) =>
				s.sql(
					`update public.forums set starts_on = current_date - $2::integer, ends_on = current_date - $2::integer
					where forum_id = $1`,
					[forum_id, days]
				);
			await end(29);
			expect(await s.service.calls('delete_old_data')).toMatchObject({ needs: 0 });
			expect((await opens(rosa, slug)).people).toHaveLength(1);
			await end(30);
			expect((await opens(rosa, slug)).people).toEqual([]);
			expect(await olive.calls('needs_overview', { slug })).toMatchObject({
				people: 0,
				counts: []
			});
			expect(await s.service.calls('delete_old_data')).toMatchObject({ needs: 1 });
			expect(await left(s)).toEqual([]);
			expect(await s.service.calls('delete_old_data')).toMatchObject({ needs: 0 });
		}));
});

test('one’s data holds one’s needs and who read them, and a reader’s data says not whose', () =>
	scene(async (s) => {
		const { slug, amira, rosa } = await stage(s);
		await opens(rosa, slug);
		expect(await amira.calls('export_my_data')).toMatchObject({
			needs: [{ words: secret, forum: slug }],
			needs_readings: [{ reader: 'Rosa', forum: slug }],
			needs_read_by_you: []
		});
		const readers = await rosa.calls('export_my_data');
		expect(readers).toMatchObject({
			needs: [],
			needs_read_by_you: [{ forum: slug }],
			forum_roles: [{ role: 'needs_reader', forum: slug }]
		});
		expect(JSON.stringify(readers)).not.toMatch(new RegExp(`${amira.id}|Peanuts`));
	}));

describe('over the API', { timeout: 60_000 }, () => {
	const folder = mkdtempSync(join(tmpdir(), 'convergence-needs-'));
	const settings = readSettings({ CONVERGENCE_DATA: folder, ORIGIN: 'https://network.example' });
	let backend: Backend;
	afterAll(async () => {
		await backend.close();
		rmSync(folder, { recursive: true, force: true });
	});

	/** A client of the API, with somebody's session or none. */
	function client(key: string) {
		return createClient(backend.url, key, {
			global: { fetch: backend.fetch },
			auth: { persistSession: false, autoRefreshToken: false },
			realtime: { transport: (() => {}) as unknown as typeof WebSocket }
		});
	}

	async function signUp(email: string) {
		const person = client(backend.publishableKey);
		await person.auth.signUp({ email, password: 'a long enough sentence' });
		const [row] = await backend.query!<{ token: string }>(
			`select facts ->> 'token_hash' as token from private.emails where recipient = $1`,
			[email]
		);
		const { data, error } = await person.auth.verifyOtp({ token_hash: row!.token, type: 'signup' });
		expect(error).toBeNull();
		return { person, id: data.user!.id };
	}

	test('no embed, count, filter or other schema reaches them, before and after a restart', async () => {
		backend = await openBackend(settings, migrations());
		const amira = await signUp('amira@example.org');
		const query = backend.query!;
		await query(
			`insert into public.people (person_id, name, language, province, sector) values ($1, 'Amira', 'en', 'NS', 'ngo')`,
			[amira.id]
		);
		await query(
			`with f as (
				insert into public.forums (slug, name_en, name_fr, place_en, place_fr, format, starts_on, ends_on, published_at)
				values ('here', 'Here', 'Ici', '', '', 'online', $2, $2, now()) returning forum_id
			)
			insert into public.registrations
				(forum_id, person_id, mode, status, name, language, province, sector, confirmed_at)
			select forum_id, $1, 'online', 'confirmed', 'Amira', 'en', 'NS', 'ngo', now() from f`,
			[amira.id, inDays(9).slice(0, 10)]
		);
		const { data: forums } = await amira.person.from('forums').select('forum_id');
		const [here] = forums as { forum_id: string }[];
		const saved = await amira.person.rpc('save_needs', { forum_id: here!.forum_id, ...said });
		expect(saved.error).toBeNull();

		const { data: before } = await amira.person.auth.getSession();
		for (let start = 0; start < 2; start++) {
			if (start > 0) {
				await backend.close();
				backend = await openBackend(settings, migrations());
			}
			const again = client(backend.publishableKey);
			await again.auth.setSession(before.session!);
			const own = await again.rpc('my_needs', { forum_id: here!.forum_id });
			expect(own.data).toMatchObject({ needs: { words: secret } });
			for (const caller of [client(backend.publishableKey), client(backend.secretKey), again]) {
				for (const asked of [
					caller.from('needs').select('*'),
					caller.from('needs').select('*', { count: 'exact', head: true }),
					caller.from('forums').select('slug, needs (words)'),
					caller.from('registrations').select('name, needs (words)'),
					caller.from('people').select('name, needs_readings (read_at)'),
					caller.from('forums').select('slug').eq('needs.words', secret),
					caller.schema('private').from('needs').select('*'),
					caller.schema('private').rpc('needs_export', { person: amira.id }),
					caller.rpc('needs_export', { person: amira.id }),
					caller.rpc('read_needs', { slug: 'here', after: null })
				]) {
					const { data, count, error } = await asked;
					expect(data ?? null).toBeNull();
					expect(count ?? null).toBeNull();
					expect(JSON.stringify(error)).not.toMatch(/Peanuts|vegan/);
				}
			}
			const rows = await backend.query!<{ words: string }>('select words from private.needs');
			expect(rows).toEqual([{ words: secret }]);
		}
	});
});
