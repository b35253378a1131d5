import { backend } from '$lib/platform/db/client.server';
import type { RequestHandler } from './$types';

/** Up or down, and nothing else. */
export const GET: RequestHandler = async () => {
	const up = await backend().then(
		() => true,
		() => false
	);
	return new Response(up ? 'up' : 'down', { status: up ? 200 : 503 });
};
