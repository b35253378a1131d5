import * as home from '$lib/home/data.server';
import { page } from '$lib/shared/page.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => ({
	forums: await home.desk(locals.db)
}));
