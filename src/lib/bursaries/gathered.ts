import { z } from 'zod';
import type { ForumLine } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const count = z.number().int().nonnegative();
const forumSchema = z.object({
	slug: z.string(),
	registration_opens_at: z.string().nullable(),
	bursaries: z.object({ offered: z.boolean(), asked: count, waiting: count })
});

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
