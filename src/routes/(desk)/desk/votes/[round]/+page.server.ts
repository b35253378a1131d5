import { redirect } from '@sveltejs/kit';
import * as ballots from '$lib/ballots/data.server';
import { withHours } from '$lib/ballots/hours.server';
import { nothing } from '$lib/ballots/schema';
import { action } from '$lib/shared/action.server';
import { link } from '$lib/shared/i18n/link';
import { found, page } from '$lib/shared/page.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => ({
	round: withHours(found(await ballots.followed(locals.db, params.round))),
	asks: url.searchParams.get('ask') === 'count'
}));

export const actions = {
	count: action(
		nothing,
		async (_, { locals, params }: RequestEvent) => {
			await ballots.close(locals.db, params.round);
			redirect(303, link(`/desk/votes/${params.round}`));
		},
		{ id: 'count' }
	)
} satisfies Actions;
