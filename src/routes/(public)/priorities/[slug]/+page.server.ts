import * as votes from '$lib/votes/data.server';
import * as priorities from '$lib/priorities/data.server';
import { ranksOf } from '$lib/votes/view.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const [list, held] = await Promise.all([
		priorities.list(locals.db, params.slug),
		votes.ofForum(locals.db, params.slug)
	]);
	return { list: found(list), votes: held, ranks: ranksOf(held) };
});
