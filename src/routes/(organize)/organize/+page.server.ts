import { domains } from '$lib/domains';
import * as organize from '$lib/organize/data.server';
import { agenda, listed, stagesOf } from '$lib/organize/rules';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const now = new Date();
	const forums = (await organize.forums(locals.db)).map((forum) => listed(forum, domains, now));
	const { coming, tasks } = agenda(forums, now);
	return {
		forums,
		coming,
		tasks,
		stages: coming ? stagesOf(coming, domains, now) : [],
		pages: domains
			.flatMap(({ organizePages }) => organizePages ?? [])
			.map(({ path, text }) => ({ path, text: text() }))
	};
});
