import { z } from 'zod';
import type { ForumLine, HomePart, Need } from '$lib/platform/domain';
import { shortMoment } from '$lib/platform/text/dates';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const tasksSchema = z.object({
	notes_to_take: z.array(
		z.object({
			slug: z.string(),
			time_zone: z.string(),
			session_id: z.string(),
			title_en: z.string(),
			title_fr: z.string(),
			starts_at: z.string().nullable()
		})
	),
	notes_of_forums: z.array(z.object({ slug: z.string(), name_en: z.string(), name_fr: z.string() }))
});

/** The sessions whose notes the person takes, from the day of the session until the notes are ready. */
export function needs(gathered: unknown): Need[] {
	return tasksSchema.parse(gathered).notes_to_take.map((session) => ({
		id: `notes-${session.session_id}`,
		title: m.notes_home_take({ session: pair(session, 'title') }),
		lines: session.starts_at ? [shortMoment(session.starts_at, session.time_zone)] : [],
		button: {
			text: m.notes_home_take_do(),
			path: `/forums/${session.slug}/notes/${session.session_id}`
		}
	}));
}

/** For who may take notes in all sessions of a forum, the way to them. */
export function homeParts(gathered: unknown): HomePart[] {
	const forums = tasksSchema.parse(gathered).notes_of_forums;
	if (forums.length === 0) return [];
	const links = forums.map((forum) => ({
		text: pair(forum, 'name'),
		path: `/forums/${forum.slug}/notes` as const
	}));
	return [{ id: 'notes', title: m.notes_home(), text: m.notes_home_text(), links }];
}

const lineSchema = z.object({ notes_to_review: z.number(), slug: z.string() });

/** How many notes wait for a review, with the way to the notes of all sessions. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { notes_to_review: count, slug } = lineSchema.parse(gathered);
	const text = count > 0 ? m.notes_organize_line({ count }) : m.notes_organize_line_none();
	return [{ text, path: `/organize/forums/${slug}/notes` }];
}
