import * as organize from '$lib/organize/data.server';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => ({
	forums: await organize.forums(locals.db)
}));
