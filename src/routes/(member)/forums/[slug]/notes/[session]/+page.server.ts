import { error } from '@sveltejs/kit';
import * as notes from '$lib/notes/data.server';
import { noteSchema } from '$lib/notes/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { z } from 'zod';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	if (!z.uuid().safeParse(params.session).success) error(404, m.shared_error_404_text());
	return found(await notes.one(locals.db, params.slug, params.session));
});

export const actions = {
	save: action(
		noteSchema,
		async (note, event: RequestEvent) => {
			const { db } = event.locals;
			await notes.save(db, note);
			if (note.step) await notes.submit(db, note.session, note.step === 'ready');
			back(event, note.step === 'ready' ? 'notes_done_ready' : 'notes_done_saved');
		},
		{
			id: 'note',
			// Only of the parts that both changed: the others keep the version that they were loaded at.
			stored: async (note, { locals }: RequestEvent) => {
				const { version, parts } = await notes.conflicts(locals.db, note);
				const texts = parts.flatMap(({ key, version, body, recommendation }) => [
					[`version-${key}`, version],
					[`body-${key}`, body],
					[`recommendation-${key}`, recommendation]
				]);
				return { version, ...Object.fromEntries(texts) };
			}
		}
	)
} satisfies Actions;
