import * as votes from '$lib/votes/data.server';
import * as priorities from '$lib/priorities/data.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	priority: found(await priorities.one(locals.db, params.priority)),
	votes: await votes.ofPriority(locals.db, params.priority)
}));
