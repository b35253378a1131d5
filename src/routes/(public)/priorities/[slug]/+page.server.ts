import * as votes from '$lib/votes/data.server';
import * as priorities from '$lib/priorities/data.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	list: found(await priorities.list(locals.db, params.slug)),
	votes: await votes.ofForum(locals.db, params.slug)
}));
