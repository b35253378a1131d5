import * as priorities from '$lib/priorities/data.server';
import * as votes from '$lib/votes/data.server';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const lists = await votes.listsWithVotes(locals.db);
	const [latest, ...earlier] = lists;
	return {
		latest: latest ? await priorities.list(locals.db, latest.slug) : null,
		earlier: earlier.filter(({ sample }) => !sample),
		samples: earlier.filter(({ sample }) => sample),
		votes: lists.flatMap(({ time_zone, votes }) =>
			votes.map((vote) => ({ ...vote, forums: { time_zone } }))
		)
	};
});
