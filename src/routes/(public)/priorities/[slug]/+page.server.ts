import * as ballots from '$lib/ballots/data.server';
import * as priorities from '$lib/priorities/data.server';
import { found, page } from '$lib/shared/page.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	list: found(await priorities.list(locals.db, params.slug)),
	votes: await ballots.ofForum(locals.db, params.slug)
}));
