import { error, redirect } from '@sveltejs/kit';
import * as confirmations from '$lib/confirmations/data.server';
import { rewordingSchema } from '$lib/confirmations/schema';
import * as notes from '$lib/notes/data.server';
import { passageSchema, reviewSchema, sessionSchema } from '$lib/notes/schema';
import { action } from '$lib/platform/http/action.server';
import { back, flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { z } from 'zod';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	if (!z.uuid().safeParse(params.session).success) error(404, m.shared_error_404_text());
	const note = found(await notes.one(locals.db, params.slug, params.session));
	return {
		note,
		versions: await notes.versions(locals.db, params.session),
		confirmation: await confirmations.one(locals.db, params.slug, params.session)
	};
});

export const actions = {
	review: action(
		reviewSchema,
		async (review, event: RequestEvent) => {
			await notes.review(event.locals.db, review);
			back(event, 'notes_done_reviewed');
		},
		{ id: 'review' }
	),
	reopen: action(
		sessionSchema,
		async ({ session }, event: RequestEvent) => {
			await notes.reopen(event.locals.db, session);
			back(event, 'notes_done_reopened');
		},
		{ id: 'reopen' }
	),
	reword: action(
		rewordingSchema,
		async (rewording, event: RequestEvent) => {
			await confirmations.reword(event.locals.db, rewording);
			back(event, 'confirmations_done_reworded');
		},
		{ id: 'reword', beside: { rewording_empty: 'finding' } }
	),
	redact: action(
		passageSchema,
		async ({ session, passage }, event: RequestEvent) => {
			await notes.redact(event.locals.db, session, passage);
			back(event, 'notes_done_redacted');
		},
		{ id: 'redact', beside: { passage_not_found: 'passage', passage_missing: 'passage' } }
	),
	delete: action(
		sessionSchema,
		async ({ session }, event: RequestEvent) => {
			await notes.remove(event.locals.db, session);
			flash(event, 'notes_done_deleted');
			redirect(303, link(`/organize/forums/${event.params.slug}/notes`));
		},
		{ id: 'delete' }
	)
} satisfies Actions;
