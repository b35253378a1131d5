import { z } from 'zod';
import type { ForumLine, Need } from '$lib/platform/domain';
import { shortMoment } from '$lib/platform/text/dates';
import { isSoon } from '$lib/platform/text/days';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const tasksSchema = z.object({
	points_to_confirm: z.array(
		z.object({
			slug: z.string(),
			time_zone: z.string(),
			session_id: z.string(),
			title_en: z.string(),
			title_fr: z.string(),
			until: z.string(),
			points: z.number()
		})
	)
});

/** The sessions of which the person may still say whether the notes are what was said. */
export function needs(gathered: unknown): Need[] {
	return tasksSchema.parse(gathered).points_to_confirm.map((session) => ({
		id: `confirm-${session.session_id}`,
		title: m.confirmations_home({ session: pair(session, 'title') }),
		lines: [m.confirmations_home_points({ count: session.points })],
		closes: {
			at: session.until,
			text: m.confirmations_home_until({ until: shortMoment(session.until, session.time_zone) }),
			soon: isSoon(session.until, session.time_zone)
		},
		button: {
			text: m.confirmations_home_do(),
			path: `/forums/${session.slug}/notes/${session.session_id}/confirm`
		}
	}));
}

const lineSchema = z.object({ rewordings: z.number(), slug: z.string() });

/** How many pairs people wrote in other words, with the way to the pairs. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { rewordings: count, slug } = lineSchema.parse(gathered);
	if (count === 0) return [];
	return [
		{ text: m.confirmations_organize_line({ count }), path: `/organize/forums/${slug}/themes` }
	];
}
