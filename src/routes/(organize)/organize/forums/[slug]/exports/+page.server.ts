import * as needs from '$lib/needs/data.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const { forum, may_read } = found(await needs.overview(locals.db, params.slug));
	return { forum, may_read };
});
