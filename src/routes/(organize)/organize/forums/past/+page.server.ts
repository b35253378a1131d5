import { redirect } from '@sveltejs/kit';
import * as directory from '$lib/directory/data.server';
import { sectorChoices } from '$lib/directory/words';
import * as forums from '$lib/forums/data.server';
import { pastBeside, pastSchema } from '$lib/forums/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
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
			flash(event, 'forums_done_past_entered');
			redirect(303, link('/organize/forums/past'));
		},
		{ id: 'past', beside: pastBeside }
	)
} satisfies Actions;
