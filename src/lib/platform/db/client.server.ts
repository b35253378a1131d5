import { AsyncLocalStorage } from 'node:async_hooks';
import { createClient, type PostgrestError, type SupabaseClient } from '@supabase/supabase-js';
import type { Backend } from './backend';
import { openBackend } from './open.server';
import type { Database } from './types';
import { Refusal, Unavailable } from './refusal';
import { logger } from '../log.server';
import { readSettings } from '../settings.server';

/** A client with somebody's rights. Only `data.server.ts` modules ask it for tables and verbs. */
export type Db = SupabaseClient<Database>;

const patience = 3_000;
const slot = Symbol.for('convergence.backend');
const shared = globalThis as unknown as Record<symbol, Promise<Backend> | undefined>;

/**
 * The one backend of this process, opened at the first call. It outlives a reload of this module
 * in development; a failure is forgotten, so that the next call tries again.
 */
export function backend(): Promise<Backend> {
	return (shared[slot] ??= open().catch((cause) => {
		shared[slot] = undefined;
		throw cause;
	}));
}

/** Opens the backend at the start, so that the site does not listen without one. */
export async function openAtStart(): Promise<void> {
	await backend();
	if (!readSettings().network.contact) {
		logger.warn('CONTACT is not set: nobody is named to write to');
	}
}

async function open(): Promise<Backend> {
	const opened = await openBackend(readSettings());
	process.once('sveltekit:shutdown', () => void close(opened));
	return opened;
}

const closing = new Set<() => Promise<void>>();

/** Has `work` end before the backend closes, for what still has to write. */
export function beforeClose(work: () => Promise<void>): void {
	closing.add(work);
}

async function close(opened: Backend): Promise<void> {
	await Promise.allSettled([...closing].map((work) => work()));
	await opened.close();
	// A mail server that does not answer would hold the process until its socket times out.
	process.exit();
}

/** Reads what everybody may read. One for all: it cannot sign in, so it can become nobody. */
export async function visitorClient(): Promise<Db> {
	const { url, publishableKey } = await backend();
	return sharedClient(url, publishableKey);
}

/**
 * Passes all row level security. Only in the places that a test lists, and never with an id that
 * came from a caller.
 */
export async function serviceClient(): Promise<Db> {
	const { url, secretKey } = await backend();
	return sharedClient(url, secretKey);
}

/**
 * Asks for an account, a code or a new password on behalf of somebody who is not signed in, and
 * leaves no cookie. One per request: what it verifies, it becomes.
 */
export async function authClient(): Promise<Db> {
	const { url, publishableKey } = await backend();
	return createClient<Database>(url, publishableKey, {
		...transport,
		auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false }
	});
}

const clients = new Map<string, Db>();

function sharedClient(url: string, key: string): Db {
	const known = clients.get(key);
	if (known) return known;
	const client = createClient<Database>(url, key, {
		...transport,
		// With a token of its own the client refuses every use of `auth`.
		accessToken: async () => key
	});
	clients.set(key, client);
	return client;
}

type ChangeListener = (tags: readonly string[]) => void;
const listeners = new Set<ChangeListener>();

/**
 * Calls `listener` after each write of this process, with its tags; none when visitors cannot see it.
 * @returns stops listening
 */
export function onChange(listener: ChangeListener): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

// Node 20 has no WebSocket and realtime is not used; without a substitute no client can be made.
function noRealtime(): never {
	throw new Error('Realtime is not used.');
}

/** How every client reaches the backend. */
export const transport = {
	global: { fetch: carry },
	realtime: { transport: noRealtime as unknown as typeof WebSocket }
};

const tallies = new AsyncLocalStorage<{ calls: number }>();

/** Counts the backend calls that `work` causes. */
export async function counting<T>(work: () => T | Promise<T>): Promise<{ it: T; calls: number }> {
	const tally = { calls: 0 };
	return { it: await tallies.run(tally, work), calls: tally.calls };
}

const deadlines = new AsyncLocalStorage<number>();

/** Has all backend calls of `work` share one limit of 3 s: a page of two calls is not twice as patient. */
export function withDeadline<T>(work: () => T): T {
	return deadlines.run(Date.now() + patience, work);
}

function timeLeft(): number {
	return Math.max(0, Math.min(patience, (deadlines.getStore() ?? Infinity) - Date.now()));
}

/** Whether the backend answers a read within a second. */
export async function isUp(): Promise<boolean> {
	try {
		const { url, publishableKey: apikey, fetch } = await inTime(backend(), 1_000);
		const read = fetch(`${url}/rest/v1/forums?select=slug&limit=1`, { headers: { apikey } });
		return (await inTime(read, 1_000)).ok;
	} catch {
		return false;
	}
}

/** Every request of every client: to the backend, for 3 s at most, heard by the listeners. */
async function carry(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
	const tally = tallies.getStore();
	if (tally) tally.calls++;
	const response = await inTime(backend().then((opened) => opened.fetch(input, init)));
	if ([502, 503, 504, 520, 521, 522, 523, 524].includes(response.status)) throw new Unavailable();
	return response;
}

/**
 * What `work` gives, or `Unavailable` when it fails or takes longer than `limit` milliseconds, by default what is
 * left of the 3 s of this request.
 * Also for calls of `auth`, which on their own would try to renew a token for half a minute.
 * @throws Unavailable
 */
export async function inTime<T>(work: Promise<T>, limit = timeLeft()): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Unavailable()), limit);
	});
	try {
		return await Promise.race([work, late]);
	} catch (cause) {
		throw cause instanceof Unavailable ? cause : new Unavailable({ cause });
	} finally {
		clearTimeout(timer);
	}
}

type Answer =
	| { data: unknown; error: null; status: number }
	| { data: null; error: PostgrestError; status: number };
// Of the two answers the good one; inferring the data itself would make `maybeSingle()` always null.
type Good<Answered> =
	Extract<Answered, { error: null }> extends { data: infer Data } ? Data : never;

/**
 * The data of a query or a verb, typed as the query is; `maybeSingle()` without a row is null.
 * @throws Refusal when the database says no (see refusal.ts)
 * @throws Unavailable when it says nothing
 * @throws Error for anything else: a bug
 */
export async function answer<Answered extends Answer>(
	query: PromiseLike<Answered>
): Promise<Good<Answered>> {
	const { data, error, status } = await query;
	if (error) throw meaningOf(error, status);
	return data as Good<Answered>;
}

/**
 * The answer of a verb, once it has changed something.
 * @param changes tags of the cached public pages that show the change to visitors; none for what they
 *   cannot see (see `cached` in platform/domain.ts)
 * @throws as `answer`
 */
export async function write<Answered extends Answer>(
	query: PromiseLike<Answered>,
	changes: readonly string[]
): Promise<Good<Answered>> {
	const data = await answer(query);
	for (const listener of listeners) listener(changes);
	return data;
}

function meaningOf(error: PostgrestError, status: number): Error {
	const { code, message, details } = error;
	if (status === 0 || status >= 502 || code === '57014') return new Unavailable({ cause: error });
	const refused = /^PT(4\d\d)$/.exec(code);
	if (refused) return new Refusal(message, Number(refused[1]), details);
	if (code === '42501') return new Refusal('not_allowed', 403);
	// No such row, or an address that holds no id at all.
	if (code === 'PGRST116' || code === '22P02' || code === '22021')
		return new Refusal('not_found', 404);
	if (/^PGRST30[0-3]$/.test(code)) return new Refusal('sign_in_first', 401);
	if (/^23(50[235]|514|P01)$/.test(code)) {
		return new Refusal(constraintIn(message), /^23(505|P01)$/.test(code) ? 409 : 422);
	}
	// Class 22 quotes the value that did not fit, and logs hold no values.
	return new Error(code.startsWith('22') ? code : `${code}: ${message}`);
}

// PostgreSQL names the constraint in its message only; a missing value has none, so the column
// speaks for it.
function constraintIn(message: string): string {
	const named = /constraint "([^"]+)"/.exec(message)?.[1];
	if (named) return named;
	const [, column, table] = /column "([^"]+)" of relation "([^"]+)"/.exec(message) ?? [];
	return `${table}_${column}_missing`;
}
