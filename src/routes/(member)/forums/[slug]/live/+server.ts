import { z } from 'zod';
import * as live from '$lib/live/data.server';
import { endpoint } from '$lib/platform/http/endpoint.server';
import { found } from '$lib/platform/http/load.server';
import { changeStreams } from '$lib/platform/http/streams.server';
import type { RequestEvent } from './$types';

const open = changeStreams(live.lastChanges);

// A browser that comes back by itself says the last value that it had in a header.
export const GET = endpoint(
	z.object({ since: z.string().default('') }),
	async ({ since }, { locals, params, request }: RequestEvent) => {
		const { forum_id } = found(await live.lastChange(locals.db, params.slug));
		const known = request.headers.get('last-event-id') ?? since;
		return open(forum_id, locals.account!.id, known.slice(0, 20));
	}
);
