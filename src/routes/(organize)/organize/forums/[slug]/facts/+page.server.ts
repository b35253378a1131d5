import * as forums from '$lib/forums/data.server';
import { factsSchema } from '$lib/forums/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const forum = found(await forums.forEditing(locals.db, params.slug));
	const { forum_id, slug, name_en, name_fr } = forum;
	return { forum: { forum_id, slug, name_en, name_fr }, fields: forums.factsOf(forum) };
});

export const actions = {
	save: action(
		factsSchema,
		async (facts, event: RequestEvent) => {
			await forums.saveFacts(event.locals.db, facts);
			back(event, 'forums_done_facts_saved');
		},
		{
			id: 'facts',
			stored: async (_, { locals, params }: RequestEvent) => {
				const forum = await forums.forEditing(locals.db, params.slug);
				return forum && forums.factsOf(forum);
			},
			beside: { forums_territory_confirmed_whole: 'territory_confirmed' }
		}
	)
} satisfies Actions;
