import type { z } from 'zod';
import * as directory from '$lib/directory/data.server';
import * as votes from '$lib/votes/data.server';
import { closedWords, fixedParts, withWords } from '$lib/votes/view.server';
import { statusOf } from '$lib/votes/rules';
import { ballotSchema, nothing, type BallotInput } from '$lib/votes/schema';
import type { Db } from '$lib/platform/db/client.server';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url, isDataRequest }: PageServerLoadEvent) => {
	const [row, mine, sectors] = await Promise.all([
		votes.vote(locals.db, params.vote),
		votes.mine(locals.db, params.vote),
		directory.sectors()
	]);
	const vote = withWords(found(row), sectors);
	// By the clock of the server; a phone's may be wrong.
	const status = statusOf(vote);
	const open = mine?.may_vote === true && status === 'open';
	return {
		vote,
		mine,
		fixed: fixedParts(vote, !isDataRequest),
		closed: open ? null : closedWords(vote, status, mine?.may_vote ?? false),
		changes: url.searchParams.has('change'),
		asks: url.searchParams.get('ask') === 'delete'
	};
});

/** An action on one's own ballot: the page comes back and says what was done. */
function onBallot<Schema extends z.ZodObject>(
	schema: Schema,
	verb: (db: Db, vote: string, input: z.output<Schema>) => Promise<unknown>,
	id: string,
	...done: [key: Parameters<typeof back>[1], options?: Parameters<typeof back>[2]]
) {
	return action(
		schema,
		async (input, event: RequestEvent) => {
			await verb(event.locals.db, event.params.vote, input);
			back(event, ...done);
		},
		{ id }
	);
}

// Nothing is saved: what was checked goes from one step of the page to the next and back.
const step = (step: 'review' | 'mark') =>
	action(
		ballotSchema,
		async ({ pick, star, none }: BallotInput) => ({
			values: { pick, star: star.filter((id) => pick.includes(id)), none: none ? 'on' : '', step },
			...(step === 'mark' && { done: m.votes_review_marked() })
		}),
		{ id: 'cast' }
	);

export const actions = {
	review: step('review'),
	mark: step('mark'),
	cast: onBallot(ballotSchema, votes.cast, 'cast', 'votes_done_cast'),
	delete: onBallot(nothing, votes.deleteBallot, 'delete', 'votes_done_deleted', { at: 'deleted' })
} satisfies Actions;
