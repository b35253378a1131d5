import { createHmac } from 'node:crypto';
import { backend, serviceClient, write } from '../../db/client.server';

/**
 * Counts one attempt; of what is counted (an address, a person) only a keyed hash is stored.
 * @returns the seconds to wait: 0 when it may go on
 */
export async function attempt(
	bucket: string,
	who: string,
	allowed: number,
	seconds: number
): Promise<number> {
	const { secretKey } = await backend();
	const key = createHmac('sha256', secretKey).update(`${bucket}:${who}`).digest('base64url');
	return write((await serviceClient()).rpc('take_attempt', { bucket, key, allowed, seconds }), []);
}
