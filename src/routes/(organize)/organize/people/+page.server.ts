import * as people from '$lib/people/data.server';
import { searchSchema } from '$lib/people/schema';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, url }: PageServerLoadEvent) => {
	const asked = searchSchema.parse(Object.fromEntries(url.searchParams));
	return { asked, ...(await people.list(locals.db, asked)) };
});
