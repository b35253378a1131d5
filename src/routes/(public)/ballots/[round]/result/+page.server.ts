import * as ballots from '$lib/ballots/data.server';
import { found, page } from '$lib/shared/page.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	round: found(await ballots.result(locals.db, params.round))
}));
