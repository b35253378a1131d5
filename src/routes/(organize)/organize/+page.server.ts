import { domains } from '$lib/domains';
import * as organize from '$lib/organize/data.server';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const forums = await organize.forums(locals.db);
	const now = new Date();
	return {
		forums: forums.map((forum) => ({
			...forum,
			lines: domains.flatMap(({ forumLines }) => forumLines?.(forum, now) ?? [])
		}))
	};
});
