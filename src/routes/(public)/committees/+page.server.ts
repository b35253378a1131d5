import * as committees from '$lib/committees/data.server';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => ({
	committees: await committees.list(locals.db)
}));
