import * as votes from '$lib/votes/data.server';
import * as priorities from '$lib/priorities/data.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const [priority, held] = await Promise.all([
		priorities.one(locals.db, params.priority),
		votes.ofPriority(locals.db, params.priority)
	]);
	return { priority: found(priority), votes: held };
});
