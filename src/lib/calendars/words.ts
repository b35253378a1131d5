import type { z } from 'zod';
import { discreetEntry } from '$lib/registrations/emails';
import type { CalendarEntry } from '$lib/platform/text/calendar';
import { link } from '$lib/platform/text/i18n/link';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type * as data from './data.server';
import type { feedSchema } from './schema';

/**
 * The entries of one person: what and when, neither room nor text. Without names the hours are in UTC, since a zone
 * would say where. The ids are those of the files for one forum.
 */
export function ownEntries({ titles, forums }: z.output<typeof feedSchema>): CalendarEntry[] {
	const entries = forums.flatMap((forum): CalendarEntry[] => [
		{
			uid: forum.registration_id,
			sequence: forum.calendar_sequence,
			title: pair(forum, 'name') ?? '',
			time: { firstDay: forum.starts_on, lastDay: forum.ends_on }
		},
		...forum.sessions.map(
			({ session_id, version, starts_at: starts, ends_at: ends, ...session }) => ({
				uid: `${forum.registration_id}-${session_id}`,
				sequence: version,
				title: pair(session, 'title') ?? '',
				time: { starts, ends, zone: forum.time_zone ?? undefined }
			})
		)
	]);
	return titles === 'names' ? entries : entries.map(discreetEntry);
}

/** The forums for everyone's calendar, with the way to their pages. */
export function forumEntries(
	forums: Awaited<ReturnType<typeof data.forums>>,
	origin: string
): CalendarEntry[] {
	return forums.map((forum) => ({
		uid: forum.forum_id,
		sequence: forum.version,
		title: pair(forum, 'name'),
		place: forum.city ?? undefined,
		url: origin + link(`/forums/${forum.slug}`),
		time: { firstDay: forum.starts_on, lastDay: forum.ends_on }
	}));
}

/** What one may choose. */
export function titleChoices() {
	return [
		{ value: 'neutral', label: m.calendars_neutral(), help: m.calendars_neutral_help() },
		{ value: 'names', label: m.calendars_names(), help: m.calendars_names_help() }
	];
}
