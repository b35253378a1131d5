import { combineChunks, createServerClient } from '@supabase/ssr';
import { createClient } from '@supabase/supabase-js';
import type { RequestEvent } from '@sveltejs/kit';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { cookieName, cookieOptions } from '../cookies.server';
import type { Claims } from './backend';
import { backend, inTime, transport, type Db } from './client.server';
import type { Database } from './types';

const NAME = 'convergence';
const MONTH = 30 * 24 * 60 * 60;
/** Seconds before its end from which on an access token is renewed; the auth library does the same. */
const RENEWED_BEFORE = 90;
const MOST_TOKENS = 2_000;

type Visit = Pick<RequestEvent, 'cookies' | 'url'>;

/** The account behind a request, and a client with its rights. */
export interface Signed {
	db: Db;
	account: { id: string; email: string };
}

/** Whether the request carries a session cookie, valid or not. */
export function hasSession({ cookies, url }: Visit): boolean {
	const session = new RegExp(`^${cookieName(NAME, url)}(\\.\\d+)?$`);
	return cookies.getAll().some(({ name }) => session.test(name));
}

const sessionShape = z.looseObject({
	access_token: z.string(),
	refresh_token: z.string(),
	expires_at: z.number(),
	user: z.looseObject({}).optional()
});

/**
 * The session in the cookies, or null for a cookie that is none. Without this check a cookie written
 * by hand makes the auth library throw where nothing can catch it, and the process ends.
 */
async function sessionOf({ cookies, url }: Visit) {
	try {
		const stored = await combineChunks(cookieName(NAME, url), (name) => cookies.get(name) ?? null);
		const text = stored?.startsWith('base64-')
			? Buffer.from(stored.slice('base64-'.length), 'base64url').toString()
			: (stored ?? '');
		return sessionShape.safeParse(JSON.parse(text)).data ?? null;
	} catch {
		return null;
	}
}

/**
 * Who a request says it is, by the signature of its access token; null when that is forged or over. The
 * token is verified in the process. Whether its session still exists, only the database knows:
 * `public.who` and the guard of each verb ask.
 * @throws Unavailable when a token has to be renewed and the backend does not answer
 */
export async function signedIn(event: Visit): Promise<Signed | null> {
	const session = await sessionOf(event);
	if (!session) return null;
	const token =
		session.expires_at - Date.now() / 1000 > RENEWED_BEFORE
			? session.access_token
			: await renewed(event);
	return token ? (tokens.get(token) ?? (await verified(token))) : null;
}

// A signature does not change, so a token is verified once; the client of a token has no state.
const tokens = new LRUCache<string, Signed>({ max: MOST_TOKENS });

async function verified(token: string): Promise<Signed | null> {
	const { url, publishableKey, verify } = await backend();
	const claims: Claims | null = await verify(token);
	const left = claims ? claims.exp * 1000 - Date.now() : 0;
	if (!claims?.sub || !claims.email || left <= 0) return null;
	const db = createClient<Database>(url, publishableKey, {
		...transport,
		accessToken: async () => token
	});
	const signed = { db, account: { id: claims.sub, email: claims.email } };
	tokens.set(token, signed, { ttl: left });
	return signed;
}

async function renewed(event: Visit): Promise<string | undefined> {
	const { auth } = await personClient(event);
	const { data } = await inTime(auth.getSession());
	return data.session?.access_token;
}

/**
 * A client for the auth server whose session lives in the request's cookies, out of reach of script:
 * to sign in, sign out and renew. Cookies are written until the response has been sent.
 */
export async function personClient(event: Visit): Promise<Db> {
	const { url, publishableKey } = await backend();
	return createServerClient<Database>(url, publishableKey, {
		...transport,
		cookieOptions: { name: cookieName(NAME, event.url) },
		cookies: {
			getAll: () => event.cookies.getAll(),
			setAll(list) {
				for (const { name, value, options } of list) {
					setCookie(event.cookies, name, value, {
						...cookieOptions(event.url),
						maxAge: Math.min(options.maxAge ?? MONTH, MONTH)
					});
				}
			}
		}
	});
}

/**
 * Ignores a cookie that comes after the response. The auth library renews tokens on its own time, and
 * what throws there would end the process; the person is renewed again on the next request.
 */
function setCookie(...[cookies, name, value, options]: CookieParameters): void {
	try {
		cookies.set(name, value, options);
	} catch {
		// The response has been sent.
	}
}

type Cookies = RequestEvent['cookies'];
type CookieParameters = [Cookies, ...Parameters<Cookies['set']>];
