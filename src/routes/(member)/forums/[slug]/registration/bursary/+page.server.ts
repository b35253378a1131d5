import * as bursaries from '$lib/bursaries/data.server';
import { forumOnly, requestSchema } from '$lib/bursaries/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { moment } from '$lib/platform/text/dates';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const { readings, ...mine } = found(await bursaries.mine(locals.db, params.slug));
	return {
		...mine,
		readings: readings.map(({ reader, read_at }) => ({ reader, when: moment(read_at) }))
	};
});

export const actions = {
	ask: action(
		requestSchema,
		async (asked, event: RequestEvent) => {
			await bursaries.request(event.locals.db, asked);
			back(event, 'bursaries_done_asked');
		},
		{ id: 'bursary' }
	),
	delete: action(
		forumOnly,
		async ({ forum }, event: RequestEvent) => {
			await bursaries.remove(event.locals.db, forum);
			back(event, 'bursaries_done_deleted');
		},
		{ id: 'delete-bursary' }
	)
} satisfies Actions;
