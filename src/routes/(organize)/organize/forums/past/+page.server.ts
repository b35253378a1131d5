import * as directory from '$lib/directory/data.server';
import { sectorChoices } from '$lib/directory/words';
import * as forums from '$lib/forums/data.server';
import { pastBeside, pastSchema } from '$lib/forums/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { page } from '$lib/platform/http/load.server';
import type { Actions, RequestEvent } from './$types';

export const load = page(async () => ({
	// Of the meeting that is typed in next: sent twice, it is one.
	id: crypto.randomUUID(),
	offered: sectorChoices(await directory.sectors())
}));

export const actions = {
	past: action(
		pastSchema,
		async (past, event: RequestEvent) => {
			await forums.savePast(event.locals.db, past);
			back(event, 'forums_done_past_entered');
		},
		{ id: 'past', beside: pastBeside }
	)
} satisfies Actions;
