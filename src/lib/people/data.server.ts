import { randomBytes } from 'node:crypto';
import { answer, authClient, type Db, inTime, write } from '$lib/platform/db/client.server';
import { wake } from '$lib/platform/jobs/worker.server';
import type { z } from 'zod';
import type { profileSchema } from './schema';

/** Who asks; the shape is `whoSchema`. */
export async function who(db: Db): Promise<{ who: unknown }> {
	return { who: await answer(db.rpc('who', {}, { get: true })) };
}

/** Writes the profile of the person who asks. */
export function saveProfile(db: Db, profile: z.output<typeof profileSchema>) {
	const { organization, ...rest } = profile;
	return write(db.rpc('save_profile', { ...rest, organization_name: organization }), []);
}

/**
 * Has an email with a code and a link sent to an address, and makes the account when there is
 * none. Whatever the address is (known, new, waiting for its email), nothing tells from outside.
 */
export async function requestSignInEmail(email: string, language: 'en' | 'fr'): Promise<void> {
	const client = await authClient();
	const known = await inTime(
		client.auth.signInWithOtp({ email, options: { shouldCreateUser: false } })
	);
	if (known.error) {
		// Nobody ever learns this password: one signs in by email.
		const password = randomBytes(32).toString('base64url');
		await inTime(client.auth.signUp({ email, password, options: { data: { language } } }));
	}
	// The auth server queued the email: no verb of ours was heard.
	wake();
}

/**
 * Signs in with the code of an email; the session goes into the cookies of `db`.
 * @returns whether the code was good: not wrong, not used, not older than 15 minutes
 */
export async function enterWithCode(db: Db, email: string, token: string): Promise<boolean> {
	// The same eight digits serve an account that waits to be confirmed and one that is.
	for (const type of ['magiclink', 'signup'] as const) {
		const { data } = await inTime(db.auth.verifyOtp({ email, token, type }));
		if (data.session) return true;
	}
	return false;
}

export type LinkType = 'magiclink' | 'signup';

/** Signs in with the link of an email; like a code, it is good once and for 15 minutes. */
export async function enterWithLink(db: Db, hash: string, type: LinkType): Promise<boolean> {
	const { data } = await inTime(db.auth.verifyOtp({ token_hash: hash, type }));
	return data.session !== null;
}

/** Signs out here, or on every device. */
export async function leave(db: Db, everywhere = false): Promise<void> {
	await inTime(db.auth.signOut({ scope: everywhere ? 'global' : 'local' }));
}
