import { redirect } from '@sveltejs/kit';
import * as directory from '$lib/directory/data.server';
import * as votes from '$lib/votes/data.server';
import { usualClosing } from '$lib/votes/rules';
import { openingSchema } from '$lib/votes/schema';
import { sectorsToVote } from '$lib/votes/view.server';
import { action } from '$lib/platform/http/action.server';
import { instantIn } from '$lib/platform/text/days';
import { link } from '$lib/platform/text/i18n/link';
import { Refusal } from '$lib/platform/db/refusal';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

async function forumOf({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) {
	return found(await votes.preparation(locals.db, url.searchParams.get('forum') ?? ''));
}

export const load = page(async (event: PageServerLoadEvent) => {
	const forum = await forumOf(event);
	const voters_by_sector = await votes.voters_by_sector(event.locals.db, forum.forum_id);
	return {
		forum,
		voters_by_sector,
		sectors: sectorsToVote(await directory.sectors(), voters_by_sector),
		closing: usualClosing(forum.time_zone)
	};
});

export const actions = {
	open: action(
		openingSchema,
		async (vote, event: RequestEvent) => {
			const forum = await forumOf(event);
			const closesAt = instantIn(forum.time_zone, vote.closes_at);
			if (!closesAt) throw new Refusal('no_such_moment', 422);
			const id = await votes.open(event.locals.db, forum.forum_id, vote, closesAt);
			redirect(303, link(`/organize/votes/${id}`));
		},
		{ id: 'open' }
	)
} satisfies Actions;
