import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { breakout, confirmed, forum, member, organizer } from './builders';
import { addressKey } from './engine';
import { scene, type Persona, type Scene } from './scene';

/** Of no single person, or named under another key. */
const elsewhere = new Set(['private.attempts']);

/** Tables of the inventory that have no key in a person's export. */
async function notExported(s: Scene, person: Persona): Promise<string[]> {
	const exported = Object.keys(await person.calls<object>('export_my_data'));
	const tables = await s.sql<{ name: string }>(
		'select distinct table_name as name from private.personal_columns'
	);
	expect(tables.length).toBeGreaterThan(8);
	return tables
		.map(({ name }) => name)
		.filter((name) => !elsewhere.has(name) && !exported.includes(name.split('.')[1]!));
}

test('every table of the inventory is exported to the person', () =>
	scene(async (s) => {
		expect(await notExported(s, await member(s, 'Amira'))).toEqual([]);
	}));

test('a new domain is missed until it exports its tables, and then takes part in everything', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		await s.sql(`create table private.wishes (person_id uuid references public.people, wish text)`);
		await s.sql(`insert into private.wishes values ($1, 'Rain')`, [amira.id]);
		await s.sql(`insert into private.domains values ('wishes', 999)`);
		await s.sql(
			`insert into private.personal_columns values ('private.wishes', 'wish', '', '', '', '')`
		);
		expect(await notExported(s, amira)).toEqual(['private.wishes']);
		await s.sql(`
			create function private.wishes_export(person uuid) returns jsonb language sql stable set search_path = ''
			as $$ select jsonb_build_object('wishes', jsonb_agg(w.wish)) from private.wishes w where w.person_id = person $$`);
		expect(await notExported(s, amira)).toEqual([]);
		expect(await amira.calls('export_my_data')).toMatchObject({ wishes: ['Rain'] });
		await s.sql(`
			create function private.wishes_retention() returns jsonb language sql set search_path = ''
			as $$ select jsonb_build_object('wishes', 7) $$`);
		expect(await s.service.calls('delete_old_data')).toMatchObject({ wishes: 7, signups: 0 });
		// Without its part, the foreign key refuses: nothing is deleted by halves.
		await expect(amira.calls('delete_my_account')).rejects.toThrow('wishes_person_id_fkey');
		await s.sql(`
			create function private.wishes_delete(person uuid) returns void language sql set search_path = ''
			as $$ delete from private.wishes w where w.person_id = person $$`);
		await amira.calls('delete_my_account');
		expect(await s.sql('select * from private.wishes')).toEqual([]);
		expect(await s.sql('select 1 from auth.users where id = $1', [amira.id])).toEqual([]);
	}));

// Feedback and confirmations lock nothing of the lock order: who writes its tables waits for no forum and no person.
test('accounts are deleted from the last domain to the first, since registrations locks first', () =>
	scene(async (s) => {
		const rows = await s.sql<{ name: string }>(
			`select name from private.domains_with('delete', 'uuid') order by position desc`
		);
		expect(rows.map(({ name }) => name)).toEqual([
			'feedback',
			'confirmations',
			'registrations',
			'people',
			'mail'
		]);
	}));

test('one’s data is one’s own', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		const bea = await member(s, 'Bea');
		const it = await forum(s);
		await confirmed(s, amira, it.forum_id);
		await confirmed(s, bea, it.forum_id);
		const exported = JSON.stringify(await amira.calls('export_my_data'));
		expect(exported).toContain(amira.id);
		expect(exported).not.toContain(bea.id);
		expect(exported).not.toContain('Bea');
		await expect(s.visitor.calls('export_my_data')).rejects.toMatchObject({ code: '42501' });
	}));

test('deleting an account leaves nothing that names the person, and frees the place', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		const bea = await member(s, 'Bea');
		const it = await forum(s, { capacity_in_person: 1 });
		await confirmed(s, amira, it.forum_id);
		await confirmed(s, bea, it.forum_id, { status: 'waitlisted', confirmed_at: null });
		await amira.calls('delete_my_account');
		for (const { column, table } of await s.sql<{ column: string; table: string }>(
			`select column_name as column, table_name as table from private.personal_columns
			where column_name in ('person_id', 'author_id')`
		)) {
			expect(await s.sql(`select 1 from ${table} where ${column} = $1`, [amira.id]), table).toEqual(
				[]
			);
		}
		expect(await s.sql('select 1 from auth.users where id = $1', [amira.id])).toEqual([]);
		expect(await bea.reads('registrations', {}, 'public.offer(it) is not null as offered')).toEqual(
			[{ offered: true }]
		);
		expect(await s.sql('select kind from private.emails')).toEqual([{ kind: 'spot_offered' }]);
		expect((await amira.calls('who')).person).toBeNull();
	}));

test('somebody suspended may still download their data and delete the account', () =>
	scene(async (s) => {
		const sam = await member(s, 'Sam', { suspended: true });
		expect(await sam.calls('export_my_data')).toMatchObject({ people: { name: 'Sam' } });
		await sam.calls('delete_my_account');
		expect(await s.sql('select 1 from public.people where person_id = $1', [sam.id])).toEqual([]);
	}));

test('words stay where they were said, without an author', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		await s.sql(
			`with t as (insert into public.threads (title, language, author_id) values ('A title', 'en', $1) returning thread_id)
			insert into public.posts (thread_id, number, author_id, body, language, client_key)
			select thread_id, 1, $1, 'Words', 'en', gen_random_uuid() from t`,
			[amira.id]
		);
		await amira.calls('delete_my_account');
		expect(await s.sql('select author_id, body from public.posts')).toEqual([
			{ author_id: null, body: 'Words' }
		]);
	}));

/** The same address comes back with a new account. */
async function comesBack(s: Scene, former: Persona): Promise<Persona> {
	await former.calls('delete_my_account');
	return s.person('Again', { email: former.email });
}

const asNgo = {
	name: 'Again',
	language: 'en',
	province: 'ON',
	sector: 'ngo',
	organization_name: '',
	discreet: false
};

test('deleting an account is no way around a suspension', () =>
	scene(async (s) => {
		const back = await comesBack(s, await member(s, 'Sam', { suspended: true }));
		await expect(back.calls('save_profile', asNgo)).rejects.toThrow('account_suspended');
	}));

test('deleting an account is no way out of the government sector', () =>
	scene(async (s) => {
		const back = await comesBack(s, await member(s, 'Gus', { sector: 'government' }));
		await expect(back.calls('save_profile', asNgo)).rejects.toThrow('sector_needs_organizer');
		await back.calls('save_profile', { ...asNgo, sector: 'government' });
	}));

test('an unknown sector is not remembered as government', () =>
	scene(async (s) => {
		const back = await comesBack(s, await member(s, 'Noor', { sector: null }));
		expect(await s.sql('select * from private.blocked_addresses')).toEqual([]);
		await back.calls('save_profile', asNgo);
	}));

test('deleting two accounts of one address loses nothing of what is recorded', () =>
	scene(async (s) => {
		// Government, deleted; back, and suspended; deleted again: still both.
		const back = await comesBack(s, await member(s, 'Gus', { sector: 'government' }));
		await back.calls('save_profile', { ...asNgo, sector: 'government' });
		await s.sql('update public.people set suspended_at = now() where person_id = $1', [back.id]);
		const again = await comesBack(s, back);
		await expect(again.calls('save_profile', asNgo)).rejects.toThrow('account_suspended');
		expect(await s.sql('select suspended, governmental from private.blocked_addresses')).toEqual([
			{ suspended: true, governmental: true }
		]);
	}));

test('the rows of blocked addresses are not enough to try addresses: it takes the key', () =>
	scene(async (s) => {
		const gus = await member(s, 'Gus', { sector: 'government' });
		const back = await comesBack(s, gus);
		const rows = await s.sql('select address_hash from private.blocked_addresses');
		const hash = createHmac('sha256', addressKey).update(gus.email).digest('hex');
		expect(rows).toEqual([{ address_hash: hash }]);
		await s.sql(`select set_config('convergence.address_key', 'another key', true)`);
		await back.calls('save_profile', asNgo);
	}));

test('in a Supabase project the key of the hashes comes from the vault', () =>
	scene(async (s) => {
		await s.sql('create schema vault');
		await s.sql('create table vault.decrypted_secrets (name text, decrypted_secret text)');
		await s.sql(
			`insert into vault.decrypted_secrets values ('another', 'x'), ('convergence_address_key', 'of the vault')`
		);
		const gus = await member(s, 'Gus', { sector: 'government' });
		const back = await comesBack(s, gus);
		await expect(back.calls('save_profile', asNgo)).rejects.toThrow('sector_needs_organizer');
		const hash = createHmac('sha256', 'of the vault').update(gus.email).digest('hex');
		expect(await s.sql('select address_hash from private.blocked_addresses')).toEqual([
			{ address_hash: hash }
		]);
	}));

test('deleting an account leaves nothing of others, in no log, and the hash goes after two years', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		await comesBack(s, amira);
		expect(await s.sql('select * from private.blocked_addresses')).toEqual([]);
		await s.sql(
			`insert into auth.audit_log_entries (id, payload) values
			(gen_random_uuid(), to_json('{"actor_username": "bea@example.org"}'::text))`
		);
		const bea = await member(s, 'Bea', { suspended: true });
		await s.sql(`update auth.users set email = 'bea@example.org' where id = $1`, [bea.id]);
		await bea.calls('delete_my_account');
		expect(await s.sql('select * from auth.audit_log_entries')).toEqual([]);
		await s.sql(`update private.blocked_addresses set deleted_at = now() - interval '25 months'`);
		expect(await s.service.calls('delete_old_data')).toMatchObject({ blocked_addresses: 1 });
		expect(await s.sql('select * from private.blocked_addresses')).toEqual([]);
	}));

test('a year after a forum its registrations and signups are deleted, and no others', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		const over = await forum(s, { starts_on: '2020-11-23', ends_on: '2020-11-23' });
		const ahead = await forum(s);
		for (const [days, { forum_id }] of [over, ahead].entries()) {
			await confirmed(s, amira, forum_id);
			const at = (hour: number) => `2027-01-0${days + 1}T${hour}:00:00Z`;
			const session_id = await breakout(s, forum_id, { starts_at: at(10), ends_at: at(11) });
			await s.sql(
				`insert into public.signups (session_id, forum_id, person_id, during)
				select session_id, forum_id, $2, tstzrange(starts_at, ends_at) from public.sessions where session_id = $1`,
				[session_id, amira.id]
			);
		}
		for (const someone of [s.visitor, amira, await organizer(s)]) {
			await expect(someone.calls('delete_old_data')).rejects.toMatchObject({ code: '42501' });
		}
		expect(await s.service.calls('delete_old_data')).toMatchObject({
			registrations: 1,
			signups: 1
		});
		for (const table of ['registrations', 'signups']) {
			expect(await s.sql(`select forum_id from public.${table}`)).toEqual([
				{ forum_id: ahead.forum_id }
			]);
		}
		expect(await s.service.calls('delete_old_data')).toMatchObject({
			registrations: 0,
			signups: 0
		});
	}));

test('the file tells an author outside nothing of what became of a thread', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		await s.sql(
			`insert into public.threads (title, language, author_id) values ('A title', 'en', $1)`,
			[amira.id]
		);
		const { threads } = await amira.calls<{ threads: object[] }>('export_my_data');
		expect(threads.map((thread) => Object.keys(thread).sort())).toEqual([
			['created_at', 'language', 'thread_id', 'title']
		]);
	}));

test('accounts that nobody confirmed go after two days, and the log of sign-ins after thirty', () =>
	scene(async (s) => {
		const [old, fresh, confirmed] = [
			await s.person('Old'),
			await s.person('Fresh'),
			await s.person('Confirmed')
		];
		await s.sql(
			`update auth.users set email_confirmed_at = null where id = any($1::text::uuid[])`,
			[`{${old.id},${fresh.id}}`]
		);
		await s.sql(`update auth.users set created_at = now() - interval '3 days' where id <> $1`, [
			fresh.id
		]);
		for (const days of [1, 31]) {
			await s.sql(
				`insert into auth.audit_log_entries (id, payload, created_at)
				values (gen_random_uuid(), '{}', now() - make_interval(days => $1))`,
				[days]
			);
		}
		expect(await s.service.calls('delete_old_data')).toMatchObject({
			unconfirmed_accounts: 1,
			sign_in_log: 1
		});
		const left = await s.sql<{ id: string }>('select id from auth.users');
		expect(left.map(({ id }) => id).sort()).toEqual([fresh.id, confirmed.id].sort());
	}));

test('an account that a restored backup brought back is deleted again, by the hash of its id', () =>
	scene(async (s) => {
		const [amira, ben] = [await member(s, 'Amira'), await member(s, 'Ben')];
		const hash = createHash('sha256').update(amira.id).digest('hex');
		expect(await s.service.calls('delete_again', { hashes: [hash, 'f'.repeat(64)] })).toBe(1);
		expect(await s.service.calls('delete_again', { hashes: [hash] })).toBe(0);
		const left = await s.sql<{ id: string }>('select id from auth.users');
		expect(left.map(({ id }) => id)).toEqual([ben.id]);
		await expect(ben.calls('delete_again', { hashes: [hash] })).rejects.toThrow(/denied/);
	}));

test('an act of an organizer is in the audit for two years, and cannot be changed or deleted before', () =>
	scene(async (s) => {
		for (const years of [1, 3]) {
			await s.sql(
				`insert into private.audit (action, acted_at) values ('approve_person', now() - make_interval(years => $1))`,
				[years]
			);
		}
		for (const attempt of [
			'delete from private.audit',
			`update private.audit set action = 'x'`,
			'truncate private.audit'
		]) {
			await s.sql('savepoint before');
			await expect(s.sql(attempt)).rejects.toThrow('audit_is_append_only');
			await s.sql('rollback to savepoint before');
		}
		expect(await s.service.calls('delete_old_data')).toMatchObject({ audit: 1 });
		expect(await s.sql('select from private.audit')).toHaveLength(1);
	}));
