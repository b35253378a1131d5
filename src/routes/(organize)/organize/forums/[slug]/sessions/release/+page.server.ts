import { redirect } from '@sveltejs/kit';
import * as sessions from '$lib/sessions/data.server';
import { releaseSchema } from '$lib/sessions/schema';
import { previewView } from '$lib/sessions/view.server';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const forum = found(await sessions.forEditing(locals.db, params.slug));
	const { found: preview, names } = await sessions.preview(locals.db, forum.forum_id);
	return {
		forum: { slug: forum.slug, name_en: forum.name_en, name_fr: forum.name_fr },
		published: forum.published_at !== null,
		...previewView(preview, names, forum.time_zone)
	};
});

export const actions = {
	release: action(
		releaseSchema,
		async (release, event: RequestEvent) => {
			const { db } = event.locals;
			const { forum_id } = found(await sessions.forEditing(db, event.params.slug));
			const number = await sessions.release(db, forum_id, release);
			flash(event, 'sessions_done_released', { values: { number } });
			redirect(303, link(`/organize/forums/${event.params.slug}/sessions`));
		},
		{ id: 'release' }
	)
} satisfies Actions;
