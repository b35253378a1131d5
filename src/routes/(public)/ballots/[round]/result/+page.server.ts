import * as ballots from '$lib/ballots/data.server';
import { withHours } from '$lib/ballots/hours.server';
import { found, page } from '$lib/shared/page.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	round: withHours(found(await ballots.result(locals.db, params.round))),
	// Visitors are served a kept page; whoever is signed in never is.
	reader: locals.person && (await ballots.mine(locals.db, params.round))
}));
