import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { backUp, restore } from '../../src/lib/embedded/backups.server';
import { rowCap } from '../../src/lib/embedded/lite.server';
import { FolderInUse, lockFolder } from '../../src/lib/embedded/lock.server';
import { migrate } from '../../src/lib/embedded/migrate.server';
import type { Backend } from '../../src/lib/platform/db/backend';
import { openBackend } from '../../src/lib/platform/db/open.server';
import { checkVersions } from '../../src/lib/embedded/patches.server';
import { connectPglite } from '../../src/lib/embedded/pglite.server';
import { deleteDatabase } from '../../src/lib/embedded/reset.server';
import { addressKey, readOrCreateSecrets } from '../../src/lib/embedded/secrets.server';
import { hasSample, loadSample } from '../../src/lib/embedded/sample.server';
import {
	answer,
	authClient,
	inTime,
	onChange,
	serviceClient,
	visitorClient,
	write
} from '../../src/lib/platform/db/client.server';
import { personClient } from '../../src/lib/platform/db/session.server';
import { Refusal, Unavailable } from '../../src/lib/platform/db/refusal';
import { readSettings, type Settings } from '../../src/lib/platform/settings.server';
import { concurrent, emptyDatabase, engine } from './engine';
import { fixture } from './fixture';
import { scene } from './scene';

const folders: string[] = [];
const slot = Symbol.for('convergence.backend');
const shared = globalThis as unknown as Record<symbol, Promise<Backend> | undefined>;
const password = 'a long enough sentence';

function ownSettings(changes: Partial<Settings> = {}): Settings {
	const dataFolder = mkdtempSync(join(tmpdir(), 'convergence-backend-'));
	folders.push(dataFolder);
	const env = { CONVERGENCE_DATA: dataFolder, ORIGIN: 'https://network.example' };
	return { ...readSettings(env), ...changes };
}

afterAll(() => {
	shared[slot] = undefined;
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function client({ url, fetch }: Backend, key: string) {
	return createClient(url, key, {
		global: { fetch },
		auth: { persistSession: false, autoRefreshToken: false },
		realtime: { transport: (() => {}) as unknown as typeof WebSocket }
	});
}

async function lastEmail(backend: Backend, email: string) {
	const [row] = await backend.query!<{ event: any }>(
		`select event from private.emails where event -> 'user' ->> 'email' = $1
		order by written_at desc limit 1`,
		[email]
	);
	return row?.event;
}

async function signUp(backend: Backend, email: string) {
	const person = client(backend, backend.publishableKey);
	await person.auth.signUp({ email, password });
	const { token_hash } = (await lastEmail(backend, email)).email_data;
	const { data, error } = await person.auth.verifyOtp({ token_hash, type: 'signup' });
	expect(error).toBeNull();
	return Object.assign(person, { id: data.user!.id });
}

const kinds = concurrent ? (['embedded', 'postgres'] as const) : (['embedded'] as const);

describe.each(kinds)('the %s backend', (kind) => {
	let backend: Backend;
	let settings: Settings;

	beforeAll(async () => {
		const databaseUrl = kind === 'postgres' ? await emptyDatabase() : undefined;
		settings = ownSettings({ databaseUrl });
		backend = await openBackend(settings, fixture);
		shared[slot] = Promise.resolve(backend);
	});
	afterAll(() => backend.close());

	test('is what the settings ask for', () => {
		expect(backend).toMatchObject({ kind, sample: false });
		expect(backend.publishableKey).toMatch(/^sb_publishable_[\w-]{22}_[\w-]{8}$/);
		expect(backend.secretKey).toMatch(/^sb_secret_[\w-]{22}_[\w-]{8}$/);
	});

	test('a thousand loads in the same ticks: each with its own rights', async () => {
		const anon = client(backend, backend.publishableKey);
		const service = client(backend, backend.secretKey);
		const amira = await signUp(backend, `amira.${kind}@example.org`);
		const wrong: unknown[] = [];
		const expected = async (load: PromiseLike<{ data: unknown }>, wanted: unknown) => {
			const { data } = await load;
			if (JSON.stringify(data) !== JSON.stringify(wanted)) wrong.push([wanted, data]);
		};
		for (let vote = 0; vote < 100; vote++) {
			await Promise.all([
				expected(anon.from('whispers').select('note'), []),
				expected(service.from('whispers').select('note'), [{ note: 'for the service only' }]),
				expected(anon.rpc('who_am_i'), 'anon nobody'),
				expected(amira.from('whispers').select('note'), []),
				expected(service.rpc('who_am_i'), 'service_role nobody'),
				expected(anon.from('whispers').select('note'), []),
				expected(amira.rpc('who_am_i'), `authenticated ${amira.id}`),
				expected(anon.from('circles').select('name'), null),
				expected(service.from('whispers').select('note'), [{ note: 'for the service only' }]),
				expected(anon.rpc('who_am_i'), 'anon nobody')
			]);
		}
		expect(wrong).toEqual([]);
	});

	test('a confirmation beside failing calls stays', async () => {
		const anon = client(backend, backend.publishableKey);
		const fails = () => anon.rpc('raise_as', { said: 'no', code: 'PT409', figures: '' });
		for (let vote = 0; vote < 20; vote++) {
			const email = `vote${vote}@example.org`;
			const person = client(backend, backend.publishableKey);
			await Promise.all([fails(), person.auth.signUp({ email, password }), fails(), fails()]);
			const { token_hash } = (await lastEmail(backend, email)).email_data;
			const said = await Promise.all([
				fails(),
				person.auth.verifyOtp({ token_hash, type: 'signup' }),
				fails(),
				fails(),
				fails()
			]);
			expect(said[1].error).toBeNull();
		}
		const [count] = await backend.query!(
			`select count(*) from auth.users where email like 'vote%' and email_confirmed_at is not null`
		);
		expect(count).toEqual({ count: 20 });
	});

	test('revokes and column grants are honoured', async () => {
		const anon = client(backend, backend.publishableKey);
		const leila = await signUp(backend, `leila.${kind}@example.org`);
		expect(await anon.from('circles').select()).toMatchObject({ status: 401 });
		expect(await leila.from('notes').select('size')).toMatchObject({
			status: 403,
			error: { code: '42501' }
		});
		expect(await leila.from('notes').select('body')).toMatchObject({ data: [], error: null });
	});

	test.each([
		['PT409', 409],
		['PT404', 404],
		['PT422', 422],
		['P0001', 400],
		['P0002', 500],
		['23514', 400],
		['23505', 409],
		['22023', 400],
		['28000', 403],
		['40001', 500],
		['ABCDE', 400]
	])('an error %s keeps its words and answers %i', async (code, status) => {
		const anon = client(backend, backend.publishableKey);
		const figures = '{"left":2,"é":"ç"}';
		const answer = await anon.rpc('raise_as', {
			said: 'vote_closed',
			code,
			figures,
			tip: 'later'
		});
		expect(answer.status).toBe(status);
		expect(answer.error).toMatchObject({ code, message: 'vote_closed', details: figures });
		if (code !== '23505') expect(answer.error).toMatchObject({ hint: 'later' });
	});

	test('constraints name themselves', async () => {
		const db = client(backend, backend.secretKey);
		const long = await db.from('notes').insert({ circle_id: 1, body: 'x'.repeat(50) });
		expect(long).toMatchObject({ status: 400, error: { code: '23514' } });
		expect(long.error!.message).toContain('"notes_body_is_short"');
		const lasts = '[2026-01-01T10:00Z,2026-01-01T12:00Z)';
		await db.from('notes').insert({ circle_id: 1, body: 'held', lasts });
		const overlap = await db.from('notes').insert({ circle_id: 1, body: 'also', lasts });
		expect(overlap).toMatchObject({ status: 400, error: { code: '23P01' } });
		expect(overlap.error!.message).toContain('"notes_do_not_overlap"');
		const twice = await db.from('notes').insert({ circle_id: 1, body: 'held' });
		expect(twice).toMatchObject({ status: 409, error: { code: '23505' } });
	});

	test('one row with an embed is one object', async () => {
		const db = client(backend, backend.secretKey);
		const { data } = await db
			.from('notes')
			.insert({ circle_id: 2, body: `embedded` })
			.select('body, circles (name)')
			.single();
		expect(data).toEqual({ body: 'embedded', circles: { name: 'second' } });
		const none = await db.from('notes').select('body, circles (name)').eq('body', '').single();
		expect(none).toMatchObject({ status: 406, error: { code: 'PGRST116' } });
	});

	test('values have the shapes of PostgREST, at the top and in an embed', async () => {
		const db = client(backend, backend.secretKey);
		const values = {
			size: 1234.5,
			file: '\\x00ff',
			written_at: '2026-07-01T12:30:00+00:00',
			moments: ['2026-01-02T03:04:05+00:00', '2027-01-02T03:04:05.678+00:00'],
			moods: ['calm', 'tired'],
			lasts: '["2026-07-01 00:00:00+00","2026-07-02 00:00:00+00")'
		};
		await db.from('notes').insert({ circle_id: 1, body: 'shapes', ...values });
		const columns = Object.keys(values).join(', ');
		const top = await db.from('notes').select(columns).eq('body', 'shapes');
		expect(top.data).toEqual([values]);
		const embed = await db
			.from('circles')
			.select(`notes (${columns})`)
			.eq('circle_id', 1)
			.eq('notes.body', 'shapes');
		expect(embed.data).toEqual([{ notes: [values] }]);
		const whole = await db.from('notes').insert({ circle_id: 1, body: 'whole', size: 12 });
		expect(whole.error).toBeNull();
		const called = await db.rpc('my_notes').eq('body', 'whole').select('size, written_at');
		expect(called.data).toEqual([{ size: 12, written_at: '2026-01-02T03:04:05+00:00' }]);
	});

	test('no answer holds more rows than the cap', async () => {
		await backend.query!(
			`insert into public.circles select n, 'many' from generate_series(100, 100 + $1::int) n`,
			[rowCap]
		);
		const db = client(backend, backend.secretKey);
		expect((await db.from('circles').select('circle_id')).data).toHaveLength(rowCap);
		expect((await db.from('circles').select('circle_id').limit(1000)).data).toHaveLength(rowCap);
	});

	test('keys open, and nothing else does', async () => {
		const ask = (headers: Record<string, string>) =>
			backend.fetch(`${backend.url}/rest/v1/circles`, { headers }).then(({ status }) => status);
		expect(await ask({})).toBe(401);
		expect(await ask({ apikey: `${backend.secretKey}x` })).toBe(401);
		expect(await ask({ apikey: 'unsafe-secret-change-me' })).toBe(401);
		expect(await ask({ apikey: backend.secretKey })).toBe(200);
	});

	test('a token opens with an end and the role of a person, and no other one', async () => {
		const { id } = await signUp(backend, `token.${kind}@example.org`);
		const { jwtSecret } = readOrCreateSecrets(settings.dataFolder);
		const ask = async (changes: object, ends?: number, path = '/rest/v1/rpc/who_am_i') => {
			const claims = { sub: id, session_id: id, aud: 'authenticated', role: 'authenticated' };
			// Indented: such a token does not begin as usual.
			const part = (it: object) =>
				Buffer.from(JSON.stringify(it, null, '\n')).toString('base64url');
			const exp = ends && Math.floor(Date.now() / 1000) + ends;
			const said = `${part({ alg: 'HS256' })}.${part({ ...claims, exp, ...changes })}`;
			const signature = createHmac('sha256', jwtSecret).update(said).digest('base64url');
			const headers = {
				apikey: backend.publishableKey,
				authorization: `Bearer ${said}.${signature}`
			};
			const answered = await backend.fetch(`${backend.url}${path}`, { headers });
			return answered.status === 200 ? answered.json() : answered.status;
		};
		expect(await ask({}, 60)).toBe(`authenticated ${id}`);
		expect(await ask({}, -1)).toBe(401);
		expect(await ask({})).toBe(401);
		for (const role of ['postgres', 'supabase_auth_admin', 'service_role', 'anon', undefined]) {
			expect(await ask({ role }, 60), role).toBe(401);
			expect(await ask({ role }, 60, '/auth/v1/admin/users'), role).toBe(401);
		}
	});

	test('emails carry the event of the Send Email hook, and 8 digits', async () => {
		const email = `emails.${kind}@example.org`;
		const { id } = await signUp(backend, email);
		const visitor = client(backend, backend.publishableKey);
		await visitor.auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
		const { user, email_data } = await lastEmail(backend, email);
		expect(user).toEqual({ id, email });
		expect(email_data).toEqual({
			token: expect.stringMatching(/^\d{8}$/),
			token_hash: expect.stringMatching(/^\w{32,}$/),
			email_action_type: 'magiclink',
			site_url: settings.origin,
			redirect_to: settings.origin
		});
		const { token } = email_data;
		const { data } = await visitor.auth.verifyOtp({ email, token, type: 'magiclink' });
		expect(data.user?.id).toBe(id);
		const again = await client(backend, backend.publishableKey).auth.verifyOtp({
			email,
			token,
			type: 'magiclink'
		});
		expect(again.error).not.toBeNull();
	});

	test('a new address proves itself before it counts', async () => {
		const old = `before.${kind}@example.org`;
		const person = await signUp(backend, old);
		await person.auth.updateUser({ email: `after.${kind}@example.org` });
		const { user, email_data } = await lastEmail(backend, old);
		expect(user.new_email).toBe(`after.${kind}@example.org`);
		expect((await person.auth.getUser()).data.user?.email).toBe(old);
		const { token_hash } = email_data;
		await person.auth.verifyOtp({ token_hash, type: 'email_change' });
		expect((await person.auth.getUser()).data.user?.email).toBe(`after.${kind}@example.org`);
	});

	test('an email that cannot be queued is an error, and the next one lets the person in', async () => {
		const email = `full.${kind}@example.org`;
		const visitor = client(backend, backend.publishableKey);
		const ask = () => visitor.auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
		await backend.query!(
			'alter table private.emails add constraint disk_full check (false) not valid'
		);
		const made = await visitor.auth.signUp({ email, password });
		expect(made.error?.status).toBe(500);
		expect((await ask()).error?.status).toBe(500);
		await backend.query!('alter table private.emails drop constraint disk_full');
		expect((await ask()).error).toBeNull();
		const { token } = (await lastEmail(backend, email)).email_data;
		const { data } = await visitor.auth.verifyOtp({ email, token, type: 'magiclink' });
		expect(data.session).not.toBeNull();
	});

	test('no password is hashed for a new address, which would tell that it is new', async () => {
		const email = `hashless.${kind}@example.org`;
		await client(backend, backend.publishableKey).auth.signUp({ email, password });
		// The fixture has no trigger that would empty the column afterwards.
		const [row] = await backend.query!(
			'select encrypted_password as hash from auth.users where email = $1',
			[email]
		);
		expect(row).toEqual({ hash: '' });
	});

	test('short passwords are refused, and what a person says of themselves is readable in SQL', async () => {
		const visitor = client(backend, backend.publishableKey);
		const short = await visitor.auth.signUp({
			email: 'short@example.org',
			password: 'elevenchars'
		});
		expect(short.error).toMatchObject({ code: 'weak_password' });
		const email = `named.${kind}@example.org`;
		await visitor.auth.signUp({ email, password, options: { data: { name: 'Noé' } } });
		const [row] = await backend.query!(
			`select raw_user_meta_data ->> 'name' as name from auth.users where email = $1`,
			[email]
		);
		expect(row).toEqual({ name: 'Noé' });
	});

	describe('through the clients', () => {
		const loose = async (ask: Promise<unknown>) => (await ask) as ReturnType<typeof client>;

		test('a refusal is raised once and arrives whole', async () => {
			const db = await loose(visitorClient());
			const raise = (said: string, code: string, figures = '') =>
				answer(db.rpc('raise_as', { said, code, figures }));
			await expect(raise('vote_closed', 'PT409', '{"left":0}')).rejects.toEqual(
				new Refusal('vote_closed', 409, '{"left":0}')
			);
			await expect(raise('permission denied', '42501')).rejects.toMatchObject({
				key: 'not_allowed',
				status: 403
			});
			await expect(raise('canceling statement', '57014')).rejects.toThrow(Unavailable);
			const bug = await raise('amira@example.org', '22007').catch((cause: Error) => cause);
			expect(bug).not.toBeInstanceOf(Refusal);
			expect(String(bug)).not.toContain('amira');
		});

		test('constraints become refusals', async () => {
			const db = await loose(serviceClient());
			const insert = (row: object) => answer(db.from('notes').insert(row as never));
			const body = 'twice';
			await insert({ circle_id: 1, body });
			const refused = (key: string, status: number) => expect.objectContaining({ key, status });
			await expect(insert({ circle_id: 1, body })).rejects.toEqual(
				refused('notes_body_is_unique', 409)
			);
			await expect(insert({ circle_id: 1, body: 'x'.repeat(50) })).rejects.toEqual(
				refused('notes_body_is_short', 422)
			);
			await expect(insert({ circle_id: 0, body: 'lost' })).rejects.toEqual(
				refused('notes_circle_id_fkey', 422)
			);
			await expect(insert({ circle_id: 1 })).rejects.toEqual(refused('notes_body_missing', 422));
		});

		test('no row is null or not found, and data keeps its type', async () => {
			const db = await loose(serviceClient());
			const none = db.from('circles').select('name').eq('circle_id', 0);
			expect(await answer(none.maybeSingle())).toBeNull();
			await expect(answer(none.single())).rejects.toMatchObject({ key: 'not_found', status: 404 });
			const one = await answer(
				db.from('circles').select('name').eq('circle_id', 1).single<{ name: string }>()
			);
			expect(one.name satisfies string).toBe('first');
		});

		test('a write tells the tags that it changes, once it has succeeded', async () => {
			const db = await loose(visitorClient());
			const heard: (readonly string[])[] = [];
			const stop = onChange((tags) => heard.push(tags));
			await write(db.rpc('who_am_i'), ['forums', 'votes']);
			await write(db.rpc('who_am_i'), []);
			await answer(db.rpc('who_am_i'));
			const refused = db.rpc('raise_as', { said: 'no', code: 'PT409', figures: '' });
			await expect(write(refused, ['forums'])).rejects.toThrow('no');
			stop();
			await write(db.rpc('who_am_i'), ['forums']);
			expect(heard).toEqual([['forums', 'votes'], []]);
		});

		test('the shared clients cannot sign in', async () => {
			const db = await visitorClient();
			expect(() => db.auth.signInWithOtp({ email: 'x@example.org' })).toThrow(/accessToken/);
			expect(await answer((await loose(serviceClient())).rpc('who_am_i'))).toBe(
				'service_role nobody'
			);
		});

		test('a session lives in cookies that script cannot read, for 30 days at most', async () => {
			const email = `cookies.${kind}@example.org`;
			const jar = new Map<string, string>();
			const written: Record<string, unknown>[] = [];
			const event = visit('https://network.example/', jar, written);
			await (await authClient()).auth.signUp({ email, password });
			const { token_hash } = (await lastEmail(backend, email)).email_data;
			const db = await personClient(event);
			await db.auth.verifyOtp({ token_hash, type: 'signup' });
			expect(written.length).toBeGreaterThan(0);
			for (const { name, httpOnly, secure, sameSite, path, maxAge, domain } of written) {
				expect(name).toMatch(/^__Host-convergence/);
				expect({ httpOnly, secure, sameSite, path, domain }).toEqual({
					httpOnly: true,
					secure: true,
					sameSite: 'lax',
					path: '/',
					domain: undefined
				});
				expect(maxAge).toBeLessThanOrEqual(30 * 24 * 60 * 60);
			}
			const next = await personClient(event);
			expect((await next.auth.getClaims()).data?.claims.email).toBe(email);
			await next.auth.signOut();
			expect(jar.size).toBe(0);
		});

		test('a cookie that comes after the answer does no harm', async () => {
			const email = `late.${kind}@example.org`;
			const jar = new Map<string, string>();
			const event = visit('http://localhost/', jar, []);
			await (await authClient()).auth.signUp({ email, password });
			const { token_hash } = (await lastEmail(backend, email)).email_data;
			await (await personClient(event)).auth.verifyOtp({ token_hash, type: 'signup' });
			const late = visit('http://localhost/', jar, []);
			late.cookies.set = () => {
				throw new Error('Cannot use cookies.set() after the response has been generated');
			};
			const { data, error } = await (await personClient(late)).auth.refreshSession();
			expect({ error, email: data.user?.email }).toEqual({ error: null, email });
		});

		test('a silent backend is unavailable within 4 s, for reads and for verbs', async () => {
			const silent = {
				...backend,
				url: 'http://silent.internal',
				fetch: () => new Promise(() => {})
			};
			shared[slot] = Promise.resolve(silent as unknown as Backend);
			try {
				const begun = performance.now();
				const db = await loose(authClient());
				const asked = [db.from('circles').select(), db.rpc('who_am_i')];
				const said = await Promise.all(asked.map((ask) => answer(ask).catch((cause) => cause)));
				expect(said).toEqual([expect.any(Unavailable), expect.any(Unavailable)]);
				await expect(inTime(new Promise(() => {}), 50)).rejects.toThrow(Unavailable);
				expect(performance.now() - begun).toBeLessThan(4_000);
			} finally {
				shared[slot] = Promise.resolve(backend);
			}
		});
	});

	test('a restart keeps grants, secrets and rows', async () => {
		await backend.close();
		const before = readFileSync(join(settings.dataFolder, 'secrets.json'), 'utf8');
		backend = await openBackend(settings, fixture);
		expect(readFileSync(join(settings.dataFolder, 'secrets.json'), 'utf8')).toBe(before);
		const anon = client(backend, backend.publishableKey);
		expect(await anon.from('circles').select()).toMatchObject({ status: 401 });
		const email = `leila.${kind}@example.org`;
		await anon.auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
		const { token } = (await lastEmail(backend, email)).email_data;
		const { data } = await anon.auth.verifyOtp({ email, token, type: 'magiclink' });
		expect(data.user).not.toBeNull();
		expect(await anon.from('notes').select('size')).toMatchObject({ status: 403 });
		expect(await anon.from('notes').select('body')).toMatchObject({ error: null });
	});

	test('the hosted branch works over HTTP', async () => {
		const { url, close } = await serveOverHttp(backend);
		const { publishableKey, secretKey } = backend;
		const hosted = await openBackend({
			...settings,
			supabase: { url, publishableKey, secretKey }
		});
		try {
			expect(hosted).toMatchObject({ kind: 'supabase', sample: false, url });
			const person = client(hosted, hosted.publishableKey);
			const email = `hosted.${kind}@example.org`;
			await person.auth.signUp({ email, password });
			const { token_hash } = (await lastEmail(backend, email)).email_data;
			const { data } = await person.auth.verifyOtp({ token_hash, type: 'signup' });
			const { error } = await person
				.from('notes')
				.insert({ circle_id: 1, body: `by ${kind}`, owner: data.user!.id });
			expect(error).toBeNull();
			expect((await person.from('notes').select('body')).data).toEqual([{ body: `by ${kind}` }]);
			const stranger = client(hosted, hosted.publishableKey);
			expect((await stranger.from('whispers').select()).data).toEqual([]);
		} finally {
			close();
			await hosted.close();
		}
	});
});

function visit(address: string, jar: Map<string, string>, written: Record<string, unknown>[]) {
	return {
		url: new URL(address),
		cookies: {
			getAll: () => [...jar].map(([name, value]) => ({ name, value })),
			set(name: string, value: string, options: { maxAge?: number }) {
				written.push({ name, ...options });
				if (options.maxAge === 0) jar.delete(name);
				else jar.set(name, value);
			}
		}
	} as unknown as Parameters<typeof personClient>[0];
}

function serveOverHttp(backend: Backend): Promise<{ url: string; close: () => void }> {
	const handOver = async (request: IncomingMessage, response: ServerResponse) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const answered = await backend.fetch(`${backend.url}${request.url}`, {
			method: request.method,
			headers: request.headers as Record<string, string>,
			body: chunks.length > 0 ? Buffer.concat(chunks) : undefined
		});
		response.writeHead(answered.status, Object.fromEntries(answered.headers));
		response.end(Buffer.from(await answered.arrayBuffer()));
	};
	const server = createServer((request, response) => void handOver(request, response));
	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			resolve({ url: `http://127.0.0.1:${port}`, close: () => server.close() });
		});
	});
}

// Each child loads the sources and opens a database: slow on a busy machine.
describe('a start', () => {
	test('is refused when a right was given outside of the migrations, until it is taken back', async () => {
		const settings = ownSettings();
		const changed = async (text: string) => {
			const { connection, sql } = await connectPglite(join(settings.dataFolder, 'database'));
			await sql.run(text);
			await connection.close();
		};
		await (await openBackend(settings, fixture)).close();
		for (const right of ['select on public.circles', 'select (size) on public.notes']) {
			await changed(`grant ${right} to anon`);
			await expect(openBackend(settings, fixture)).rejects.toMatchObject({ name: 'GrantsChanged' });
			await changed(`revoke ${right} from anon`);
		}
		await (await openBackend(settings, fixture)).close();
	});

	test('is refused with another version of a package that is patched', () => {
		const tested = {
			'@supabase/lite': '0.10.0',
			'@electric-sql/pglite': '0.4.5',
			kysely: '0.28.18',
			bcryptjs: '3.0.3'
		};
		expect(() => checkVersions()).not.toThrow();
		expect(() => checkVersions(tested)).not.toThrow();
		expect(() => checkVersions({ ...tested, kysely: '0.29.0' })).toThrow(/kysely 0\.29\.0/);
		expect(() => checkVersions({ kysely: '0.28.18' })).toThrow(/lite is missing/);
	});
});

describe('the data folder', { timeout: 90_000 }, () => {
	type Ended = { code: number | null; output: string };

	function startChild(folder: string, task: string) {
		const child = spawn(process.execPath, ['tests/db/child.js', folder, task]);
		let output = '';
		const opened = new Promise<void>((resolve) => {
			const listen = (chunk: Buffer) => {
				output += chunk;
				if (output.includes('open\n')) resolve();
			};
			child.stdout.on('data', listen);
			child.stderr.on('data', listen);
		});
		const ended = new Promise<Ended>((resolve) =>
			child.on('close', (code) => resolve({ code, output }))
		);
		return { child, opened, ended };
	}

	// Laying out a database takes seconds: the tests that only need one share it.
	let settings: Settings;
	beforeAll(async () => {
		settings = ownSettings();
		chmodSync(settings.dataFolder, 0o755);
		await (await openBackend(settings, [])).close();
	});

	test('belongs to one process, and the next one says so in one line', async () => {
		const backend = await openBackend(settings, []);
		const { code, output } = await startChild(settings.dataFolder, 'leave').ended;
		await backend.close();
		expect(code).toBe(3);
		expect(output.trim().split('\n')).toEqual([
			expect.stringContaining(`${settings.dataFolder} is in use by process ${process.pid}`)
		]);
	});

	test('is taken over from a process that was killed, by exactly one', async () => {
		const { dataFolder } = settings;
		const holder = startChild(dataFolder, 'hold');
		await holder.opened;
		holder.child.kill('SIGKILL');
		await holder.ended;
		const starters = [1, 2, 3].map(() => startChild(dataFolder, 'hold'));
		const first = await Promise.race(starters.map(({ opened }, index) => opened.then(() => index)));
		const losers = starters.filter((_, index) => index !== first);
		const ends = await Promise.all(losers.map(({ ended }) => ended));
		starters[first]!.child.kill('SIGKILL');
		expect(ends.map(({ code }) => code)).toEqual([3, 3]);
	});

	const elsewhere = { pid: process.pid, machine: 'elsewhere', reach: 'elsewhere', since: 'now' };
	const age = (path: string) => {
		const minuteAgo = new Date(Date.now() - 60_000);
		utimesSync(path, minuteAgo, minuteAgo);
	};

	test('is held once, whatever the file says, and can be taken again afterwards', async () => {
		const { dataFolder } = ownSettings();
		const unlock = await lockFolder(dataFolder);
		await expect(lockFolder(dataFolder)).rejects.toThrow(`by process ${process.pid} since`);
		rmSync(join(dataFolder, 'lock'));
		await expect(lockFolder(dataFolder)).rejects.toThrow('is in use by another process');
		unlock();
		(await lockFolder(dataFolder))();
	});

	test('is free when its holder is dead, though a living process has its number', async () => {
		const { dataFolder } = ownSettings();
		const path = join(dataFolder, 'lock');
		(await lockFolder(dataFolder))();
		const unlock = await lockFolder(dataFolder);
		const left = readFileSync(path, 'utf8');
		unlock();
		writeFileSync(path, left);
		(await lockFolder(dataFolder))();
		expect(existsSync(path)).toBe(false);
	});

	test('is lost to another machine that took it over at the same time', async () => {
		const { dataFolder } = ownSettings();
		const path = join(dataFolder, 'lock');
		writeFileSync(path, JSON.stringify(elsewhere));
		age(path);
		const racing = lockFolder(dataFolder);
		await vi.waitFor(() => expect(readFileSync(path, 'utf8')).not.toContain('elsewhere'), 5_000);
		writeFileSync(path, JSON.stringify(elsewhere));
		await expect(racing).rejects.toThrow(FolderInUse);
	});

	test('counts a machine without a heartbeat as dead', async () => {
		const { dataFolder } = ownSettings();
		const path = join(dataFolder, 'lock');
		writeFileSync(path, JSON.stringify(elsewhere));
		await expect(lockFolder(dataFolder)).rejects.toThrow(
			`by process ${process.pid} on elsewhere since now`
		);
		age(path);
		const unlock = await lockFolder(dataFolder);
		unlock();
		expect(existsSync(path)).toBe(false);
	});

	test('that is a file, or lies in one, is refused in one sentence', async () => {
		const { dataFolder } = ownSettings();
		const file = join(dataFolder, 'file');
		writeFileSync(file, '');
		for (const folder of [file, join(file, 'within')]) {
			await expect(openBackend({ ...settings, dataFolder: folder }, [])).rejects.toThrow(
				`${folder} cannot be the data folder: there is a file of that name.`
			);
		}
	});

	test.skipIf(process.getuid?.() === 0)('that cannot be written is refused too', async () => {
		const { dataFolder } = ownSettings();
		chmodSync(dataFolder, 0o500);
		const within = { ...settings, dataFolder: join(dataFolder, 'within') };
		await expect(openBackend(within, [])).rejects.toThrow('may not write');
	});

	test('shows nobody in its output, and Node may still warn', async () => {
		const { code, output } = await startChild(settings.dataFolder, 'fail').ended;
		expect(code).toBe(0);
		expect(output).toContain('node still warns');
		expect(output).toContain('email not queued');
		expect(output).toMatch(/"code":"22007","msg":"backend error"/);
		expect(output).not.toMatch(/amira|12345678/);
	});

	test('is closed to others, and so are the secrets', () => {
		const mode = (name: string) => statSync(join(settings.dataFolder, name)).mode & 0o777;
		expect([mode('.'), mode('secrets.json')]).toEqual([0o700, 0o600]);
	});

	test('with placeholder secrets opens nothing', async () => {
		const settings = ownSettings();
		const secrets = {
			jwtSecret: 'super-secret-jwt-token-with-at-least-32-characters-long',
			publishableKey: 'x'.repeat(40),
			secretKey: 'y'.repeat(40)
		};
		writeFileSync(join(settings.dataFolder, 'secrets.json'), JSON.stringify(secrets));
		await expect(openBackend(settings, [])).rejects.toThrow(/placeholder/);
	});

	test('knows the key of the hashes of addresses, which no file of it and no backup holds', async () => {
		const own = ownSettings();
		const opened = await openBackend(own, fixture);
		const key = addressKey(readOrCreateSecrets(own.dataFolder));
		const [row] = await opened.query!(`select current_setting('convergence.address_key') as key`);
		expect(row).toEqual({ key });
		await opened.query!('checkpoint');
		await opened.close();
		const folder = join(own.dataFolder, 'database');
		const database = await connectPglite(folder);
		const backup = await backUp(database, join(own.dataFolder, 'backups'));
		await database.connection.close();
		const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.map((name) => join(folder, name))
			.filter((path) => statSync(path).isFile())
			.map((path) => readFileSync(path));
		expect(files.length).toBeGreaterThan(100);
		for (const bytes of [...files, gunzipSync(readFileSync(backup))]) {
			expect(bytes.indexOf(key)).toBe(-1);
		}
	});

	test('can be put back from a backup', async () => {
		const folder = join(settings.dataFolder, 'database');
		const database = await connectPglite(folder);
		await database.sql.run('create table lines (n int); insert into lines values (1)');
		const file = await backUp(database, join(settings.dataFolder, 'backups'));
		await database.sql.run('insert into lines values (2)');
		await database.connection.close();
		expect(statSync(file).mode & 0o777).toBe(0o600);
		await restore(settings, file);
		const restored = await connectPglite(folder);
		expect(await restored.sql.query('select n from lines')).toEqual([{ n: 1 }]);
		await restored.connection.close();
	});
});

describe('migrations', () => {
	const one = { version: '9001', name: 'one', text: 'create table public.one (n int);' };

	test('are applied once, recorded, and refused when edited', async () => {
		const { sql } = await engine();
		await sql
			.transaction(async (inside) => {
				expect(await migrate(inside, [one])).toBe(1);
				expect(await migrate(inside, [one])).toBe(0);
				const edited = { ...one, text: 'create table public.two (n int);' };
				await expect(migrate(inside, [edited])).rejects.toThrow(/9001_one was edited/);
				const [row] = await inside.query(
					`select version, name, statements from supabase_migrations.schema_migrations
					where version = '9001'`
				);
				expect(row).toEqual({ version: '9001', name: 'one', statements: [one.text] });
				throw new Error('undo');
			})
			.catch((cause: Error) => expect(cause.message).toBe('undo'));
	});

	test('that fail leave nothing and name their line', async () => {
		const { connection, sql } = await connectPglite();
		await sql.run(`create schema supabase_migrations; create table
			supabase_migrations.schema_migrations (version text, statements text[], name text)`);
		const broken = { version: '9002', name: 'broken', text: 'create table t (n int);\nselect x;' };
		await expect(migrate(sql, [broken])).rejects.toThrow(/9002_broken, line 2: /);
		expect(await sql.query(`select to_regclass('public.t') as t`)).toEqual([{ t: null }]);
		await connection.close();
	});
});

describe('a sample', () => {
	const sample = {
		script: `insert into public.forums select title from seed,
			jsonb_to_recordset(document -> 'forums') as forum (title text);
			create schema private; create table private.sample_network ();`,
		document: '{"forums": [{"title": "Montréal"}]}'
	};

	test('fills an empty network once, and marks it', async () => {
		const { connection, sql } = await connectPglite();
		await loadSample(sql, sample, tmpdir());
		expect(await hasSample(sql)).toBe(false);
		await sql.run('create table public.forums (title text)');
		await loadSample(sql, sample, tmpdir());
		await loadSample(sql, sample, tmpdir());
		expect(await sql.query('select title from public.forums')).toEqual([{ title: 'Montréal' }]);
		expect(await hasSample(sql)).toBe(true);
		expect(await sql.query(`select to_regclass('seed') as seed`)).toEqual([{ seed: null }]);
		await connection.close();
	});
});

describe('a reset', () => {
	test('waits for no server and spares real people', async () => {
		const settings = ownSettings();
		mkdirSync(join(settings.dataFolder, 'database'));
		const unlock = await lockFolder(settings.dataFolder);
		await expect(deleteDatabase(settings)).rejects.toThrow(/in use by process/);
		unlock();
		await deleteDatabase(settings);
		expect(existsSync(join(settings.dataFolder, 'database'))).toBe(false);
		const supabase = { url: 'https://x.example', publishableKey: 'p', secretKey: 's' };
		await expect(deleteDatabase({ ...settings, supabase })).rejects.toThrow(/not reset/);
	});

	test.skipIf(!concurrent)('of a PostgreSQL database needs the sample, or nobody', async () => {
		const settings = ownSettings({ databaseUrl: await emptyDatabase() });
		let backend = await openBackend(settings, fixture);
		await client(backend, backend.publishableKey).auth.signUp({
			email: 'real@example.org',
			password
		});
		await expect(deleteDatabase(settings)).rejects.toThrow(/not invented/);
		await backend.query!('create table private.sample_network ()');
		await backend.close();
		await deleteDatabase(settings);
		backend = await openBackend(settings, fixture);
		expect(await backend.query!('select from auth.users')).toEqual([]);
		await backend.close();
	});
});

describe('settings', () => {
	test('need all of Supabase or nothing of it', () => {
		expect(() => readSettings({ SUPABASE_URL: 'https://x.supabase.co' })).toThrow(
			/SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY missing/
		);
		expect(readSettings({}).supabase).toBeUndefined();
	});

	test('have defaults, and take no nonsense for an address', () => {
		expect(readSettings({ PORT: '4173' })).toMatchObject({
			origin: 'http://localhost:4173',
			sample: false
		});
		expect(readSettings({ ORIGIN: 'https://reseau.example/' }).origin).toBe(
			'https://reseau.example'
		);
		expect(() => readSettings({ ORIGIN: 'reseau.example' })).toThrow(/ORIGIN/);
		expect(() => readSettings({ CONTACT: 'a@b.ca?bcc=c@d.ca' })).toThrow(/CONTACT/);
	});

	test('name the organizers’ mailbox, in the sample network an invented one', () => {
		const contactOf = (env: Record<string, string>) => readSettings(env).network.contact;
		expect(contactOf({ CONTACT: 'bureau@reseau.example' })).toBe('bureau@reseau.example');
		expect(contactOf({ CONVERGENCE_SAMPLE: '1' })).toBe('organizers@example.org');
		expect(contactOf({})).toBeUndefined();
	});
});

describe('a scene', () => {
	test('lends rights per call, takes them back, and undoes refused calls only', () =>
		scene(async ({ person, visitor, service, sql }) => {
			await sql(`create table public.stage (n int, who uuid default auth.uid())`);
			await sql(`create function public.step(n int) returns public.stage language plpgsql
				security definer set search_path = '' as $$
				declare made public.stage;
				begin
					insert into public.stage (n) values (step.n) returning * into made;
					if n > 1 then
						raise exception 'too_far' using errcode = 'PT422', detail = '{"most": 1}';
					end if;
					return made;
				end $$`);
			await sql(`create function public.stand() returns text language sql stable
				as $$ select current_user || ' ' || coalesce(auth.email(), '-') $$`);
			await sql(`revoke execute on function public.step, public.stand from public, anon`);
			await sql(`grant execute on function public.step, public.stand to authenticated`);
			await sql(`grant execute on function public.stand to service_role`);
			const amira = await person('Amira Été');
			expect(amira.email).toMatch(/^amira\.ete\.\w{8}@example\.org$/);
			expect(await amira.calls('step', { n: 1 })).toEqual({ n: 1, who: amira.id });
			await expect(amira.calls('step', { n: 2 })).rejects.toMatchObject({
				message: 'too_far',
				code: 'PT422',
				detail: '{"most": 1}'
			});
			await expect(visitor.calls('stand')).rejects.toMatchObject({ code: '42501' });
			expect(await amira.calls('stand')).toBe(`authenticated ${amira.email}`);
			expect(await service.calls('stand')).toBe('service_role -');
			expect(await sql('select n from public.stage')).toEqual([{ n: 1 }]);
			expect(await sql('select auth.uid() as who')).toEqual([{ who: null }]);
			await expect(visitor.reads('stage')).rejects.toMatchObject({ code: '42501' });
			await sql('grant select on public.stage to authenticated');
			expect(await amira.reads('stage', { n: 1 })).toHaveLength(1);
			expect(await amira.reads('stage', { n: 3 })).toHaveLength(0);
		}));

	test('leaves nothing behind', async () => {
		const { sql } = await engine();
		expect(await sql.query(`select to_regclass('public.stage') as stage`)).toEqual([
			{ stage: null }
		]);
	});
});
