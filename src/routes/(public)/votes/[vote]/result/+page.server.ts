import * as directory from '$lib/directory/data.server';
import * as votes from '$lib/votes/data.server';
import { withWords } from '$lib/votes/view.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const [vote, reader, sectors] = await Promise.all([
		votes.result(locals.db, params.vote),
		// Visitors get a cached page; nobody who is signed in does.
		locals.person && votes.mine(locals.db, params.vote),
		directory.sectors()
	]);
	return { vote: withWords(found(vote), sectors), reader };
});
