import { domains } from '$lib/domains';
import * as home from '$lib/home/data.server';
import { pressing } from '$lib/home/rules';
import { gatheredSchema } from '$lib/home/schema';
import * as organize from '$lib/organize/data.server';
import { agenda, listed } from '$lib/organize/rules';
import { found, page } from '$lib/platform/http/load.server';
import { unsent } from '$lib/platform/text/rendered';
import { pair } from '$lib/platform/text/i18n/pair';
import type { PageServerLoadEvent } from './$types';

export const load = page(async (event: PageServerLoadEvent) => {
	const { locals } = event;
	const { db, person, account } = locals;
	if (!person) {
		const [forums, first] = await Promise.all([home.story(db), home.first(db)]);
		return { visitor: { forums, first, unwritten: account !== null }, river: forums.length > 0 };
	}
	const gathered = found(gatheredSchema.nullable().parse(locals.page));
	const now = new Date();
	const forums = person.organizer ? await organize.forums(db) : [];
	const { coming, tasks } = agenda(
		forums.map((forum) => listed(forum, domains, now)),
		now
	);
	// What is overdue for an organizer comes before what is theirs; the next step is another one then.
	const overdue = tasks.filter(({ step }) => step.weight === 'overdue');
	const forum = (tasks.find((task) => !overdue.includes(task)) ?? { forum: coming }).forum;
	return unsent(
		{
			member: {
				needs: [
					...overdue.map(({ forum, step }) => ({
						id: `organize-${forum.forum_id}`,
						title: step.title,
						lines: [step.text, pair(forum, 'name')],
						button: step.button
					})),
					...pressing(domains.flatMap(({ needs }) => needs?.(gathered) ?? []))
				],
				parts: domains.flatMap(({ homeParts }) => homeParts?.(gathered) ?? []),
				organizer: person.organizer,
				next: forum?.step ? { step: forum.step, forum: pair(forum, 'name') } : null
			},
			river: false
		},
		event
	);
});
