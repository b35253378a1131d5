import { domains } from '$lib/domains';
import * as home from '$lib/home/data.server';
import { pressing } from '$lib/home/rules';
import { gatheredSchema } from '$lib/home/schema';
import * as organize from '$lib/organize/data.server';
import { agenda } from '$lib/organize/rules';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const { db, person, account } = locals;
	if (!person) {
		const [forums, first] = await Promise.all([home.story(db), home.first(db)]);
		return { visitor: { forums, first, unwritten: account !== null }, river: forums.length > 0 };
	}
	const gathered = found(gatheredSchema.nullable().parse(locals.page));
	const forums = person.organizer ? await organize.forums(db) : [];
	const { coming, tasks } = agenda(forums, new Date());
	return {
		member: {
			needs: pressing(domains.flatMap(({ needs }) => needs?.(gathered) ?? [])),
			parts: domains.flatMap(({ homeParts }) => homeParts?.(gathered) ?? []),
			task: tasks[0] ?? coming
		},
		river: false
	};
});
