import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '../../text/i18n/paraglide/messages';
import { attempt } from './data.server';

/**
 * Counts one attempt, and stops with a 429 when there were too many in this window of time.
 * @param event the request; its answer says when to come back
 * @param bucket what is limited: `codes`, `emails_to` …
 * @param who the address or id that is counted
 * @param allowed attempts in one window
 * @param seconds length of the window
 */
export async function limit(
	{ setHeaders }: Pick<RequestEvent, 'setHeaders'>,
	bucket: string,
	who: string,
	allowed: number,
	seconds: number
): Promise<void> {
	const wait = await attempt(bucket, who, allowed, seconds);
	if (wait === 0) return;
	setHeaders({ 'retry-after': String(wait) });
	error(429, m.shared_too_many({ minutes: String(Math.ceil(wait / 60)) }));
}
