import { redirect } from '@sveltejs/kit';
import * as ballots from '$lib/ballots/data.server';
import { withHours } from '$lib/ballots/hours.server';
import { standing } from '$lib/ballots/rules';
import { ballotSchema, nothing } from '$lib/ballots/schema';
import { action } from '$lib/shared/action.server';
import type { FormResult } from '$lib/shared/form';
import { link } from '$lib/shared/i18n/link';
import { m } from '$lib/shared/i18n/paraglide/messages';
import { found, page } from '$lib/shared/page.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const round = withHours(found(await ballots.round(locals.db, params.round)));
	const mine = await ballots.mine(locals.db, params.round);
	return {
		round,
		mine,
		// Told by this clock, which is the verbs' own; a phone's may be wrong.
		stands: standing(round),
		asks: url.searchParams.get('ask') === 'withdraw',
		done: said(url.searchParams.get('done'), mine?.has_voted ?? false)
	};
});

// The address is only believed where the ballot agrees: it may have been kept, or sent to others.
function said(done: string | null, hasVoted: boolean): FormResult | null {
	if (done === 'cast' && hasVoted) return { id: 'cast', done: m.ballots_done_cast() };
	if (done === 'withdraw' && !hasVoted) return { id: 'withdraw', done: m.ballots_done_withdrawn() };
	return null;
}

export const actions = {
	cast: action(
		ballotSchema,
		async (ballot, { locals, params }: RequestEvent) => {
			await ballots.cast(locals.db, params.round, ballot);
			redirect(303, `${link(`/ballots/${params.round}`)}?done=cast`);
		},
		{ id: 'cast' }
	),
	withdraw: action(
		nothing,
		async (_, { locals, params }: RequestEvent) => {
			await ballots.withdraw(locals.db, params.round);
			redirect(303, `${link(`/ballots/${params.round}`)}?done=withdraw`);
		},
		{ id: 'withdraw' }
	)
} satisfies Actions;
