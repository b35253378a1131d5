import { z } from 'zod';
import type { ForumLine } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const count = z.number().int().nonnegative();
const forumSchema = z.object({
	slug: z.string(),
	registration_opens_at: z.string().nullable(),
	fees: z.object({ categories: count, due: count })
});

/** The way to the fees, with how many people owe theirs; nothing of a meeting without registration that costs nothing. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { slug, registration_opens_at, fees } = forumSchema.parse(gathered);
	if (fees.categories === 0 && registration_opens_at === null) return [];
	return [
		{
			text: fees.categories > 0 ? m.fees_row({ count: fees.categories }) : m.fees_row_none(),
			path: `/organize/forums/${slug}/fees`,
			...(fees.due > 0 && { note: m.fees_row_due({ count: fees.due }) })
		}
	];
}
