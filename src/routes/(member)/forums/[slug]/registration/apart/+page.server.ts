import * as apart from '$lib/apart/data.server';
import { askSchema, requestSchema } from '$lib/apart/schema';
import * as directory from '$lib/directory/data.server';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { moment } from '$lib/platform/text/dates';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const { readings, ...mine } = found(await apart.mine(locals.db, params.slug));
	return {
		...mine,
		readings: readings.map(({ reader, read_at }) => ({ reader, when: moment(read_at) })),
		sectors: await directory.sectors(),
		organizations: await apart.organizations(locals.db)
	};
});

export const actions = {
	ask: action(
		askSchema,
		async (asked, event: RequestEvent) => {
			await apart.ask(event.locals.db, asked);
			back(event, 'apart_done_asked');
		},
		{ id: 'apart', beside: { apart_requests_words_length: 'words' } }
	),
	delete: action(requestSchema, async ({ request }, event: RequestEvent) => {
		await apart.remove(event.locals.db, request);
		back(event, 'apart_done_deleted');
	})
} satisfies Actions;
