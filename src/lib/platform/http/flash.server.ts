import { redirect, type Handle, type RequestEvent } from '@sveltejs/kit';
import { cookieName, cookieOptions } from '../cookies.server';
import * as messages from '../text/i18n/paraglide/messages';
import type { Flash } from './form';
import { isForReading } from './reading.server';

type Visit = Pick<RequestEvent, 'cookies' | 'url'>;
type Done = Extract<keyof typeof messages, `${string}_done_${string}`>;

const SECONDS = 60;
/** Ids and counts. Words would be somebody's text in a cookie. */
const SAFE = /^[\w-]{1,64}$/;

const sentences = new Map(
	Object.entries(messages).filter(([name]) => /^[a-z]+_done_/.test(name))
) as Map<string, (values: Record<string, string>) => string>;

/**
 * Has the next page say what was done, once, in its language. Called before a redirect.
 * @param key the message, `<domain>_done_<what>`
 * @param options `at` names the place that says it (see ui/Flash.svelte); `values` are ids or counts
 */
export function flash(
	{ cookies, url }: Visit,
	key: Done,
	{ at, values = {} }: { at?: string; values?: Record<string, string | number> } = {}
): void {
	const facts = Object.entries({ ...(at && { at }), ...values }).map(([name, value]) => {
		if (!SAFE.test(String(value))) throw new Error(`no id and no count: ${name}`);
		return [name, String(value)];
	});
	const waiting = new URLSearchParams([['key', key], ...facts]);
	cookies.set(cookieName('flash', url), String(waiting), {
		...cookieOptions(url),
		maxAge: SECONDS
	});
}

/**
 * Ends an action on its own page, which is loaded again and says what was done.
 * @param options as for `flash`
 */
export function back(event: Visit, key: Done, options?: Parameters<typeof flash>[2]): never {
	flash(event, key, options);
	redirect(303, event.url.pathname);
}

/** Whether the next page has something to say, so that it is not the page that all visitors get. */
export function hasFlash(event: Visit): boolean {
	return waitingOf(event) !== null;
}

/**
 * Gives the page what an action left for it, and forgets it once a page has been shown: a redirect or an
 * error on the way does not lose it. Two tabs share the cookie: whichever loads first says it.
 */
export const flashes: Handle = async ({ event, resolve }) => {
	const waiting = isForReading(event.request) ? waitingOf(event) : null;
	let taken = false;
	event.locals.takeFlash = () => {
		taken = true;
		return waiting && { ...waiting, sentence: sentences.get(waiting.key)!(waiting.values) };
	};
	const response = await resolve(event);
	if (!waiting || !taken || !(await isPage(event, response))) return response;
	const { cookies, url } = event;
	const gone = cookies.serialize(cookieName('flash', url), '', {
		...cookieOptions(url),
		maxAge: 0
	});
	response.headers.append('set-cookie', gone);
	response.headers.set('cache-control', 'private, no-store');
	return response;
};

// Kit answers a request for data with 200 and the words of a redirect.
async function isPage({ isDataRequest }: RequestEvent, response: Response): Promise<boolean> {
	if (response.status !== 200) return false;
	return !isDataRequest || !(await response.clone().text()).startsWith('{"type":"redirect"');
}

function waitingOf({ cookies, url }: Visit): Omit<Flash, 'sentence'> | null {
	const sent = new URLSearchParams(cookies.get(cookieName('flash', url)) ?? '');
	const { key = '', ...facts } = Object.fromEntries(sent);
	if (!sentences.has(key) || !Object.values(facts).every((fact) => SAFE.test(fact))) return null;
	const { at, ...values } = facts;
	return { key, at, values };
}
