import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';

type Visit = Pick<RequestEvent, 'cookies' | 'url'>;

/** Between asking for a code and entering it: who asked, and the path to go to, without a language. */
export interface Signing {
	email: string;
	next: string;
}

const SECONDS = 15 * 60;
const shape = z.object({ email: z.string(), next: z.string() });

/** Remembers it in this browser for as long as a code is good, so that a reload or the other language keeps it. */
export function remember({ cookies, url }: Visit, signing: Signing): void {
	cookies.set(nameOf(url), JSON.stringify(signing), { ...optionsOf(url), maxAge: SECONDS });
}

/** What was remembered, or null. */
export function remembered({ cookies, url }: Visit): Signing | null {
	try {
		return shape.parse(JSON.parse(cookies.get(nameOf(url)) ?? ''));
	} catch {
		return null;
	}
}

export function forget({ cookies, url }: Visit): void {
	if (cookies.get(nameOf(url)) !== undefined) cookies.delete(nameOf(url), optionsOf(url));
}

// Browsers take the strict prefix on https only.
function nameOf({ protocol }: URL): string {
	return protocol === 'https:' ? '__Host-signing' : 'signing';
}

function optionsOf({ protocol }: URL) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: protocol === 'https:' } as const;
}
