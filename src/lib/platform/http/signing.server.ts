import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { cookieName, cookieOptions } from '../cookies.server';
import { nextPath } from './paths';

type Visit = Pick<RequestEvent, 'cookies' | 'url'>;

const NAME = 'signing';
const SECONDS = 15 * 60;
const shape = z.object({ email: z.string(), next: nextPath });

/** Between asking for a code and entering it: who asked, and the path to go to. */
type Signing = z.output<typeof shape>;

/** Remembers it in this browser for as long as a code is good, so that a reload or the other language keeps it. */
export function remember({ cookies, url }: Visit, signing: Signing): void {
	cookies.set(cookieName(NAME, url), JSON.stringify(signing), {
		...cookieOptions(url),
		maxAge: SECONDS
	});
}

/** What was remembered, or null. */
export function remembered({ cookies, url }: Visit): Signing | null {
	try {
		return shape.parse(JSON.parse(cookies.get(cookieName(NAME, url)) ?? ''));
	} catch {
		return null;
	}
}

export function forget({ cookies, url }: Visit): void {
	if (cookies.get(cookieName(NAME, url)) !== undefined)
		cookies.delete(cookieName(NAME, url), cookieOptions(url));
}
