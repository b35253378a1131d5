import { redirect } from '@sveltejs/kit';
import { isOver } from '$lib/forums/rules';
import * as sessions from '$lib/sessions/data.server';
import { signupSchema } from '$lib/sessions/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { dayAndHour } from '$lib/platform/text/dates';
import { link } from '$lib/platform/text/i18n/link';
import { pair } from '$lib/platform/text/i18n/pair';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const forum = found(await sessions.forEditing(locals.db, params.slug));
	const session = found(forum.sessions.find(({ session_id }) => session_id === params.session));
	const { names, waiting } = await sessions.concerned(locals.db, session.session_id);
	const { starts_at, closed_to_government: closed } = session;
	const begun = starts_at !== null && new Date(starts_at) <= new Date();
	const held =
		forum.published_at !== null && forum.cancelled_at === null && !isOver(forum, new Date());
	return {
		forum: { slug: forum.slug, name_en: forum.name_en, name_fr: forum.name_fr },
		session: {
			id: session.session_id,
			title: pair(session, 'title') || session.title_en || session.title_fr,
			when: starts_at && dayAndHour(starts_at, forum.time_zone)
		},
		released: session.draft !== 'new',
		people: names.length,
		waiting,
		// No other right overrides what is closed.
		names: closed && locals.person?.counts_as_government ? null : names,
		emails: held && !begun
	};
});

export const actions = {
	delete: action(
		signupSchema,
		async ({ session }, event: RequestEvent) => {
			await sessions.remove(event.locals.db, session);
			flash(event, 'sessions_done_deleted');
			redirect(303, link(`/organize/forums/${event.params.slug}/sessions`));
		},
		{ id: 'delete-session' }
	)
} satisfies Actions;
