import { z } from 'zod';
import type { ForumLine } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What `private.priorities_organize` answers: how many priorities the list of a forum has. */
export const forumSchema = z.object({ priorities: z.number().int().nonnegative() });

const lineSchema = forumSchema.extend({ slug: z.string() });

/** The list of a forum, with the way to write it. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { priorities: count, slug } = lineSchema.parse(gathered);
	const text = count > 0 ? m.organize_row_list({ count }) : m.organize_row_list_none();
	return [{ text, path: `/organize/priorities/${slug}` }];
}
