import * as ballots from '$lib/ballots/data.server';
import { nothing } from '$lib/ballots/schema';
import { action } from '$lib/shared/action.server';
import { m } from '$lib/shared/i18n/paraglide/messages';
import { found, page } from '$lib/shared/page.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	round: found(await ballots.followed(locals.db, params.round))
}));

export const actions = {
	count: action(
		nothing,
		async (_, { locals, params }: RequestEvent) => {
			await ballots.close(locals.db, params.round);
			return m.ballots_desk_done();
		},
		{ id: 'count' }
	)
} satisfies Actions;
