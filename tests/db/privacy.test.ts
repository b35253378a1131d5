import { expect, test } from 'vitest';
import { confirmed, forum, member } from './builders';
import { scene, type Persona, type Scene } from './scene';

/** Kept of no single person, or named under another key. */
const elsewhere = new Set(['private.attempts']);

test('every place of the inventory tells the person what it keeps', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		const told = Object.keys(await amira.calls<object>('export_my_data'));
		const places = await s.sql<{ name: string }>(
			'select distinct table_name as name from private.personal_columns'
		);
		expect(places.length).toBeGreaterThan(8);
		for (const { name } of places) {
			if (!elsewhere.has(name)) expect(told, name).toContain(name.split('.')[1]);
		}
	}));

test('one’s data is one’s own', () =>
	scene(async (s) => {
		const amira = await member(s, 'Amira');
		const bea = await member(s, 'Bea');
		const it = await forum(s);
		await confirmed(s, amira, it.forum_id);
		await confirmed(s, bea, it.forum_id);
		const told = JSON.stringify(await amira.calls('export_my_data'));
		expect(told).toContain(amira.id);
		expect(told).not.toContain(bea.id);
		expect(told).not.toContain('Bea');
		await expect(s.visitor.calls('export_my_data')).rejects.toMatchObject({ code: '42501' });
	}));

test('erasing leaves nothing that names the person, and frees the place', () =>
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
		expect(await bea.reads('registrations')).toMatchObject([{ status: 'confirmed' }]);
		expect(await s.sql('select kind from private.emails')).toEqual([{ kind: 'spot_given' }]);
		expect(await amira.calls('me')).toEqual([]);
	}));

test('whoever is suspended may still take their data and go', () =>
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

test('erasing is no way vote a suspension', () =>
	scene(async (s) => {
		const back = await comesBack(s, await member(s, 'Sam', { suspended: true }));
		await expect(back.calls('save_profile', asNgo)).rejects.toThrow('account_suspended');
	}));

test('erasing is no way out of the government sector', () =>
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

test('erasing twice washes nothing off', () =>
	scene(async (s) => {
		// Government, erased; back, and suspended; erased again: still both.
		const back = await comesBack(s, await member(s, 'Gus', { sector: 'government' }));
		await back.calls('save_profile', { ...asNgo, sector: 'government' });
		await s.sql('update public.people set suspended_at = now() where person_id = $1', [back.id]);
		const again = await comesBack(s, back);
		await expect(again.calls('save_profile', asNgo)).rejects.toThrow('account_suspended');
		expect(await s.sql('select suspended, governmental from private.blocked_addresses')).toEqual([
			{ suspended: true, governmental: true }
		]);
	}));

test('erasing leaves nothing of others, in no log, and the hash goes after two years', () =>
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
		await s.service.calls('delete_old_registrations');
		expect(await s.sql('select * from private.blocked_addresses')).toEqual([]);
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
