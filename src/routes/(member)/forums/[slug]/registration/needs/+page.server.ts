import { phaseOf } from '$lib/forums/rules';
import * as needs from '$lib/needs/data.server';
import { needsSchema, noNeedsSchema } from '$lib/needs/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { moment } from '$lib/platform/text/dates';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const forum = found(await needs.forum(locals.db, params.slug));
	const { readings, ...mine } = await needs.mine(locals.db, forum.forum_id);
	return {
		forum,
		...mine,
		ended: ['over', 'cancelled'].includes(phaseOf(forum)),
		readings: readings.map(({ reader, read_at }) => ({ reader, when: moment(read_at) }))
	};
});

export const actions = {
	save: action(
		needsSchema,
		async (said, event: RequestEvent) => {
			await needs.save(event.locals.db, said);
			back(event, 'needs_done_saved');
		},
		{
			id: 'needs',
			beside: { needs_other_language_named: 'other_language', needs_call_has_phone: 'phone' }
		}
	),
	delete: action(
		noNeedsSchema,
		async ({ forum }, event: RequestEvent) => {
			await needs.remove(event.locals.db, forum);
			back(event, 'needs_done_deleted');
		},
		{ id: 'delete-needs' }
	)
} satisfies Actions;
