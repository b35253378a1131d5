import { createHmac } from 'node:crypto';
import { error } from '@sveltejs/kit';
import { answer, backend, serviceClient } from '../db.server';
import { m } from '../i18n/paraglide/messages';

/**
 * Counts one attempt and stops with a 429 when there were too many in this window of time.
 * What is counted (an address, a person) is kept as a keyed hash only.
 * @param bucket what is limited: `sign_in_code`, `letter` …
 * @param who the address or id that is counted
 * @param allowed attempts in one window
 * @param seconds length of the window
 */
export async function limit(
	bucket: string,
	who: string,
	allowed: number,
	seconds: number
): Promise<void> {
	const { secretKey } = await backend();
	const key = createHmac('sha256', secretKey).update(`${bucket}:${who}`).digest('base64url');
	const db = await serviceClient();
	const wait = await answer(db.rpc('take_attempt', { bucket, key, allowed, seconds }));
	if (wait > 0) error(429, m.shared_too_many({ minutes: String(Math.ceil(wait / 60)) }));
}
