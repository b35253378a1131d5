import * as votes from '$lib/votes/data.server';
import { withWords } from '$lib/votes/view.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	vote: withWords(found(await votes.result(locals.db, params.vote))),
	// Visitors get a cached page; nobody who is signed in does.
	reader: locals.person && (await votes.mine(locals.db, params.vote))
}));
