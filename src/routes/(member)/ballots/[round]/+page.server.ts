import * as ballots from '$lib/ballots/data.server';
import { ballotSchema, nothing } from '$lib/ballots/schema';
import { action } from '$lib/shared/action.server';
import { m } from '$lib/shared/i18n/paraglide/messages';
import { found, page } from '$lib/shared/page.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => ({
	round: found(await ballots.round(locals.db, params.round)),
	mine: await ballots.mine(locals.db, params.round),
	asks: url.searchParams.get('ask') === 'withdraw'
}));

export const actions = {
	cast: action(
		ballotSchema,
		async (ballot, { locals, params }: RequestEvent) => {
			await ballots.cast(locals.db, params.round, ballot);
			return m.ballots_done_cast();
		},
		{ id: 'cast' }
	),
	withdraw: action(
		nothing,
		async (_, { locals, params }: RequestEvent) => {
			await ballots.withdraw(locals.db, params.round);
			return m.ballots_done_withdrawn();
		},
		{ id: 'withdraw' }
	)
} satisfies Actions;
