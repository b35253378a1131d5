import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRedirect } from '@sveltejs/kit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Backend } from '../../src/lib/platform/db/backend';
import { openBackend } from '../../src/lib/platform/db/open.server';
import { logger } from '../../src/lib/platform/log.server';
import { readSettings } from '../../src/lib/platform/settings.server';
import { inLanguage } from '../../src/lib/platform/text/i18n/language.server';
import { actions as codeActions } from '../../src/routes/(public)/sign-in/code/+page.server';
import { actions as emailActions } from '../../src/routes/(public)/sign-in/+page.server';
import { concurrent, emptyDatabase } from './engine';

// Signing in from the form to the database: the actions of the pages on a backend of their own.

const slot = Symbol.for('convergence.backend');
const shared = globalThis as unknown as Record<symbol, Promise<Backend> | undefined>;
const folder = mkdtempSync(join(tmpdir(), 'convergence-signin-'));
let backend: Backend;

beforeAll(async () => {
	vi.spyOn(logger, 'error').mockReturnValue();
	vi.spyOn(logger, 'warn').mockReturnValue();
	const settings = readSettings({ CONVERGENCE_DATA: folder, ORIGIN: 'https://network.example' });
	const databaseUrl = concurrent ? await emptyDatabase() : undefined;
	backend = await openBackend({ ...settings, databaseUrl });
	shared[slot] = Promise.resolve(backend);
});
afterAll(async () => {
	vi.restoreAllMocks();
	shared[slot] = undefined;
	await backend.close();
	rmSync(folder, { recursive: true, force: true });
});

type Answer = { status?: number; data?: { refusal?: { key: string; sentence: string } } };
type Action = (event: never) => unknown;

/** Somebody at a network address, with cookies of their own. */
function browser(from: string) {
	const jar = new Map<string, string>();
	const cookies = {
		get: (name: string) => jar.get(name),
		getAll: () => [...jar].map(([name, value]) => ({ name, value })),
		set: (name: string, value: string) => void jar.set(name, value),
		delete: (name: string) => void jar.delete(name)
	};
	const send = async (action: Action, form: Record<string, string>): Promise<Answer> => {
		const url = new URL('https://network.example/sign-in');
		const request = new Request(url, { method: 'POST', body: new URLSearchParams(form) });
		const event = { request, url, cookies, locals: {}, getClientAddress: () => from };
		const sent = () => action({ ...event, setHeaders: () => {} } as never) as Promise<Answer>;
		try {
			return await inLanguage('en', sent);
		} catch (thrown) {
			if (isRedirect(thrown)) return { status: thrown.status };
			throw thrown;
		}
	};
	return {
		jar,
		asks: (email: string) => send(emailActions.email, { email, next: '' }),
		enters: (email: string, code: string) => send(codeActions.default, { email, code })
	};
}

/** The codes of the emails to an address, oldest first. */
async function codes(email: string): Promise<string[]> {
	const rows = await backend.query!<{ code: string }>(
		`select facts ->> 'code' as code from private.emails where recipient = $1 order by email_id`,
		[email]
	);
	return rows.map(({ code }) => code);
}

test('an email that cannot be queued is not said to be sent, whatever is known of the address', async () => {
	const someone = browser('192.0.2.1');
	expect(await someone.asks('known@example.org')).toEqual({ status: 303 });
	const [code = ''] = await codes('known@example.org');
	expect(await someone.enters('known@example.org', code)).toEqual({ status: 303 });

	const full = 'alter table private.jobs add constraint disk_full check (false) not valid';
	await backend.query!(full);
	const failed = await Promise.all(
		['known', 'new'].map((name) => browser('192.0.2.2').asks(`${name}@example.org`))
	);
	await backend.query!('alter table private.jobs drop constraint disk_full');
	const sentence = 'We could not send the email. Wait a few minutes, then ask again.';
	for (const [at, name] of ['known', 'new'].entries()) {
		expect(failed[at]).toMatchObject({
			status: 500,
			data: { values: { email: `${name}@example.org` }, refusal: { sentence } }
		});
		const next = browser('192.0.2.2');
		expect(await next.asks(`${name}@example.org`)).toEqual({ status: 303 });
		const newest = (await codes(`${name}@example.org`)).at(-1)!;
		expect(await next.enters(`${name}@example.org`, newest)).toEqual({ status: 303 });
	}
});

test('three strangers who ask again and again and guess fifty times each get nowhere; the owner signs in', async () => {
	const email = 'owner@example.org';
	const strangers = ['198.51.100.1', '198.51.100.2', '2001:db8::1'].map(browser);
	const owner = browser('203.0.113.7');
	const wrong = (code: string) => (code === '00000000' ? '11111111' : '00000000');
	const guesses = async (times: number) => {
		const sent = (await codes(email)).at(-1)!;
		const answers: Answer[] = [];
		for (let guess = 0; guess < times; guess++) {
			for (const stranger of strangers) answers.push(await stranger.enters(email, wrong(sent)));
		}
		return answers.map(({ status }) => status);
	};
	const asked = await Promise.all(
		strangers.flatMap((stranger) => Array.from({ length: 7 }, () => stranger.asks(email)))
	);
	expect(asked).toEqual(Array(21).fill({ status: 303 }));
	const before = await guesses(25);
	expect(await owner.asks(email)).toEqual({ status: 303 });
	const after = await guesses(25);
	// Which ones, depends on where in a window of the limit the test begins.
	expect(new Set([...before, ...after])).toEqual(new Set([422, 429]));
	expect([...before, ...after]).toHaveLength(150);
	expect(
		strangers.map(({ jar }) => [...jar.keys()].filter((name) => /convergence/.test(name)))
	).toEqual(Array(3).fill([]));

	const code = (await codes(email)).at(-1)!;
	expect(await owner.enters(email, code)).toEqual({ status: 303 });
	expect([...owner.jar.keys()].some((name) => /convergence/.test(name))).toBe(true);
});
