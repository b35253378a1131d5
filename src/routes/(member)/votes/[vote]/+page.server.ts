import { redirect } from '@sveltejs/kit';
import * as votes from '$lib/votes/data.server';
import { withHours } from '$lib/votes/view.server';
import { statusOf } from '$lib/votes/rules';
import { ballotSchema, nothing } from '$lib/votes/schema';
import { action } from '$lib/platform/http/action.server';
import type { FormResult } from '$lib/platform/http/form';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const vote = withHours(found(await votes.vote(locals.db, params.vote)));
	const mine = await votes.mine(locals.db, params.vote);
	return {
		vote,
		mine,
		// By the clock of the server; a phone's may be wrong.
		status: statusOf(vote),
		asks: url.searchParams.get('ask') === 'delete',
		done: said(url.searchParams.get('done'), mine?.has_voted ?? false)
	};
});

// The address is only believed where the ballot agrees: it may have been bookmarked, or sent to others.
function said(done: string | null, hasVoted: boolean): FormResult | null {
	if (done === 'cast' && hasVoted) return { id: 'cast', done: m.votes_done_cast() };
	if (done === 'deleted' && !hasVoted) return { id: 'delete', done: m.votes_done_deleted() };
	return null;
}

export const actions = {
	cast: action(
		ballotSchema,
		async (ballot, { locals, params }: RequestEvent) => {
			await votes.cast(locals.db, params.vote, ballot);
			redirect(303, `${link(`/votes/${params.vote}`)}?done=cast`);
		},
		{ id: 'cast' }
	),
	delete: action(
		nothing,
		async (_, { locals, params }: RequestEvent) => {
			await votes.deleteBallot(locals.db, params.vote);
			redirect(303, `${link(`/votes/${params.vote}`)}?done=deleted`);
		},
		{ id: 'delete' }
	)
} satisfies Actions;
