import { z } from 'zod';
import type { ForumLine, Need } from '$lib/platform/domain';
import { date } from '$lib/platform/text/dates';
import { isSoon } from '$lib/platform/text/days';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { endOf, lastDayOf } from './rules';

const tasksSchema = z.object({
	feedback: z.array(
		z.object({
			slug: z.string(),
			name_en: z.string(),
			name_fr: z.string(),
			ends_on: z.iso.date(),
			time_zone: z.string()
		})
	)
});

/** The forums of which the person may still say how they were. */
export function needs(gathered: unknown): Need[] {
	return tasksSchema.parse(gathered).feedback.map((forum) => ({
		id: `feedback-${forum.slug}`,
		title: m.feedback_home(),
		lines: [pair(forum, 'name')],
		closes: {
			at: endOf(forum),
			text: m.feedback_until({ date: date(lastDayOf(forum)) }),
			soon: isSoon(endOf(forum), forum.time_zone)
		},
		button: { text: m.feedback_home_do(), path: `/forums/${forum.slug}/feedback` }
	}));
}

const lineSchema = z.object({
	slug: z.string(),
	feedback_questions: z.number(),
	feedback_status: z.enum(['ahead', 'open', 'over', 'off'])
});

/** The way to the questions and to what was said; nothing for a forum that asked none and no longer can. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { slug, feedback_questions: count, feedback_status: status } = lineSchema.parse(gathered);
	if (count === 0 && status === 'over') return [];
	return [{ text: m.feedback_line({ count }), path: `/organize/forums/${slug}/feedback` }];
}
