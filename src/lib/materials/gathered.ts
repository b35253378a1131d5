import { z } from 'zod';
import type { ForumLine } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const lineSchema = z.object({ slug: z.string(), materials: z.number() });

/** How many materials a forum has, with the way to them. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { slug, materials: count } = lineSchema.parse(gathered);
	const text = count > 0 ? m.materials_line({ count }) : m.materials_line_none();
	return [{ text, path: `/organize/forums/${slug}/materials` }];
}
