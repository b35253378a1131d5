import { z } from 'zod';
import type { ForumLine, Need } from '$lib/platform/domain';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const count = z.number().int().nonnegative();
const forumSchema = z.object({
	slug: z.string(),
	registration_opens_at: z.string().nullable(),
	bursaries: z.object({ offered: z.boolean(), asked: count, waiting: count })
});

/** What `private.bursaries_tasks` answers. */
const tasksSchema = z.object({
	bursaries_to_decide: z.array(
		z.object({ slug: z.string(), name_en: z.string(), name_fr: z.string() })
	)
});

/** The forums at which bursary requests wait for this organizer. */
export function needs(gathered: unknown): Need[] {
	return tasksSchema.parse(gathered).bursaries_to_decide.map((forum) => ({
		id: `bursaries-${forum.slug}`,
		title: m.bursaries_need_title({ forum: pair(forum, 'name') }),
		button: { text: m.bursaries_need_do(), path: `/organize/forums/${forum.slug}/bursaries` }
	}));
}

/** The way to the bursaries of a forum with registration, and how many requests wait. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { slug, registration_opens_at, bursaries } = forumSchema.parse(gathered);
	const { offered, asked: count, waiting } = bursaries;
	if (!offered && count === 0 && registration_opens_at === null) return [];
	return [
		{
			text: offered || count > 0 ? m.bursaries_row({ count }) : m.bursaries_row_none(),
			path: `/organize/forums/${slug}/bursaries`,
			...(waiting > 0 && { note: m.bursaries_row_waiting({ count: waiting }) })
		}
	];
}
