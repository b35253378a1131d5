import { error } from '@sveltejs/kit';
import * as confirmations from '$lib/confirmations/data.server';
import { answersSchema } from '$lib/confirmations/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { z } from 'zod';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	if (!z.uuid().safeParse(params.session).success) error(404, m.shared_error_404_text());
	return found(await confirmations.one(locals.db, params.slug, params.session));
});

export const actions = {
	confirm: action(
		answersSchema,
		async (answers, event: RequestEvent) => {
			await confirmations.give(event.locals.db, answers);
			back(event, 'confirmations_done_sent');
		},
		{ id: 'confirm' }
	)
} satisfies Actions;
