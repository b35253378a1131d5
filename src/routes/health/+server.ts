import { isUp } from '$lib/platform/db/client.server';
import type { RequestHandler } from './$types';

/** Up or down, and nothing else: up when the backend answered within a second. */
export const GET: RequestHandler = async () => {
	const up = await isUp();
	return new Response(up ? 'up' : 'down', { status: up ? 200 : 503 });
};
