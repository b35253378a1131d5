import { redirect } from '@sveltejs/kit';
import * as ballots from '$lib/ballots/data.server';
import { instantIn, usualClosing } from '$lib/ballots/rules';
import { roundSchema } from '$lib/ballots/schema';
import { action } from '$lib/shared/action.server';
import { link } from '$lib/shared/i18n/link';
import { found, page } from '$lib/shared/page.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

async function forumOf({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) {
	return found(await ballots.beforehand(locals.db, url.searchParams.get('forum') ?? ''));
}

export const load = page(async (event: PageServerLoadEvent) => {
	const forum = await forumOf(event);
	const electorate = await ballots.electorate(event.locals.db, forum.forum_id);
	return { forum, electorate, closing: usualClosing(forum.time_zone) };
});

export const actions = {
	open: action(
		roundSchema,
		async (round, event: RequestEvent) => {
			const forum = await forumOf(event);
			const closesAt = instantIn(forum.time_zone, round.closes_at);
			const id = await ballots.open(event.locals.db, forum.forum_id, round, closesAt);
			redirect(303, link(`/desk/votes/${id}`));
		},
		{ id: 'open' }
	)
} satisfies Actions;
