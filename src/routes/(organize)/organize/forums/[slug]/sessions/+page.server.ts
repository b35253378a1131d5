import { redirect } from '@sveltejs/kit';
import * as sessions from '$lib/sessions/data.server';
import { sessionSchema } from '$lib/sessions/schema';
import { gapsOf, isOneSided, missingWords } from '$lib/sessions/view.server';
import { action } from '$lib/platform/http/action.server';
import { back, flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import { pair } from '$lib/platform/text/i18n/pair';
import { dayAndHour, zoneName } from '$lib/platform/text/dates';
import { localIn } from '$lib/platform/text/days';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const forum = found(await sessions.forEditing(locals.db, params.slug));
	const asked = url.searchParams.get('session');
	const edited = forum.sessions.find(({ session_id }) => session_id === asked);
	// The next session follows the last one.
	const lastEnd =
		forum.sessions
			.map(({ ends_at }) => ends_at ?? '')
			.sort()
			.at(-1) || null;
	return {
		forum: { slug: forum.slug, name_en: forum.name_en, name_fr: forum.name_fr },
		published: forum.published_at !== null,
		number: forum.number,
		waiting: forum.sessions.filter(({ draft }) => draft).length,
		zone: zoneName(forum.time_zone),
		listed: forum.sessions.map((session) => ({
			session_id: session.session_id,
			title: pair(session, 'title') || session.title_en || session.title_fr,
			when: session.starts_at && dayAndHour(session.starts_at, forum.time_zone),
			place: pair(session, 'room'),
			draft: session.draft,
			missing: missingWords(gapsOf(session))
		})),
		edited: edited ? { id: edited.session_id, fields: sessions.fieldsOf(forum, edited) } : null,
		first: localIn(forum.time_zone, lastEnd) || `${forum.starts_on}T09:00`
	};
});

export const actions = {
	save: action(
		sessionSchema,
		async (session, event: RequestEvent) => {
			const { db } = event.locals;
			const forum = found(await sessions.forEditing(db, event.params.slug));
			const before = forum.sessions.find(({ session_id }) => session_id === session.session);
			const id = await sessions.save(db, forum, session);
			if (!before || !isOneSided(before, session)) back(event, 'sessions_done_saved');
			flash(event, 'sessions_done_one_sided');
			redirect(303, link(`/organize/forums/${event.params.slug}/sessions?session=${id}`));
		},
		{
			id: 'session',
			stored: async ({ session }, { locals, params }: RequestEvent) => {
				const forum = await sessions.forEditing(locals.db, params.slug);
				const saved = forum?.sessions.find(({ session_id }) => session_id === session);
				return forum && saved ? sessions.fieldsOf(forum, saved) : null;
			},
			beside: {
				no_such_moment: 'starts_at',
				session_outside_forum: 'starts_at',
				session_drafts_titled: 'title_en',
				session_capacity_below_signups: 'capacity'
			}
		}
	)
} satisfies Actions;
