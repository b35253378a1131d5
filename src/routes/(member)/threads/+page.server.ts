import { found, page } from '$lib/platform/http/load.server';
import type { UnreadPage } from '$lib/threads/schema';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, url }: PageServerLoadEvent) => ({
	...found(locals.page as UnreadPage | null),
	first: !url.searchParams.has('after')
}));
