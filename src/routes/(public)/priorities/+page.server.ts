import * as priorities from '$lib/priorities/data.server';
import { page } from '$lib/shared/page.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const [latest, ...earlier] = await priorities.lists(locals.db);
	return {
		latest: latest ? await priorities.list(locals.db, latest.slug) : null,
		earlier
	};
});
