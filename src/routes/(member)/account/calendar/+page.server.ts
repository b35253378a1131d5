import * as calendars from '$lib/calendars/data.server';
import { titlesSchema } from '$lib/calendars/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import { moment } from '$lib/platform/text/dates';
import { readSettings } from '$lib/platform/settings.server';
import { z } from 'zod';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const { made_at, ...mine } = await calendars.mine(locals.db);
	return { ...mine, made: made_at && moment(made_at) };
});

export const actions = {
	// The answer is this very page: the address is shown once, and stored nowhere.
	make: action(
		titlesSchema,
		async ({ titles }, { locals }: RequestEvent) => {
			const token = await calendars.make(locals.db, titles);
			return { values: { address: readSettings().origin + link(`/calendar/${token}.ics`) } };
		},
		{ id: 'make' }
	),
	titles: action(
		titlesSchema,
		async ({ titles }, event: RequestEvent) => {
			await calendars.setTitles(event.locals.db, titles);
			back(event, 'calendars_done_titles');
		},
		{ id: 'titles' }
	),
	delete: action(
		z.object({}),
		async (_, event: RequestEvent) => {
			await calendars.remove(event.locals.db);
			back(event, 'calendars_done_deleted');
		},
		{ id: 'delete' }
	)
} satisfies Actions;
