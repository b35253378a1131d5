import * as priorities from '$lib/priorities/data.server';
import { isWritten, nested } from '$lib/priorities/rules';
import * as votes from '$lib/votes/data.server';
import { statusOf } from '$lib/votes/rules';
import { firstOf } from '$lib/votes/view.server';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const lists = await votes.listsWithVotes(locals.db);
	const [latest, ...earlier] = lists;
	const list = latest ? await priorities.list(locals.db, latest.slug) : null;
	const areas = list ? nested(list.areas).filter(isWritten) : [];
	const points = areas.flatMap((area) => area.priorities);
	return {
		latest: list,
		areas,
		vote: latest ? firstOf(latest.votes, points) : null,
		earlier: earlier.filter(({ sample }) => !sample),
		samples: earlier.filter(({ sample }) => sample),
		votes: lists.flatMap(({ time_zone, votes }) =>
			votes
				.filter((vote) => statusOf(vote) === 'open')
				.map((vote) => ({ ...vote, forums: { time_zone } }))
		)
	};
});
