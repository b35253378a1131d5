import * as ballots from '$lib/ballots/data.server';
import * as priorities from '$lib/priorities/data.server';
import { found, page } from '$lib/shared/page.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	priority: found(await priorities.one(locals.db, params.priority)),
	votes: await ballots.ofPriority(locals.db, params.priority)
}));
