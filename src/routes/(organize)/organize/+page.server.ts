import { domains } from '$lib/domains';
import { pressing } from '$lib/home/rules';
import { gatheredSchema } from '$lib/home/schema';
import * as organize from '$lib/organize/data.server';
import { agenda, listed, stagesOf } from '$lib/organize/rules';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const now = new Date();
	const forums = (await organize.forums(locals.db)).map((forum) => listed(forum, domains, now));
	const { coming, tasks } = agenda(forums, now);
	const gathered = found(gatheredSchema.nullable().parse(locals.page));
	const needs = pressing(domains.flatMap(({ needs }) => needs?.(gathered) ?? []));
	return {
		forums,
		coming,
		tasks,
		waiting: needs.flatMap(({ title, lines = [], button }) =>
			button?.path.startsWith('/organize') ? [{ title, lines, path: button.path }] : []
		),
		stages: coming ? stagesOf(coming, domains, now) : [],
		pages: domains
			.flatMap(({ organizePages }) => organizePages ?? [])
			.map(({ path, text }) => ({ path, text: text() }))
	};
});
