import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import type { ForumLine, HomePart } from '$lib/platform/domain';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const tasksSchema = z.object({
	needs_to_read: z.array(z.object({ slug: z.string(), name_en: z.string(), name_fr: z.string() }))
});

/** For needs readers, the way to the list of each forum; it is opened only there, since that is logged. */
export function homeParts(gathered: unknown): HomePart[] {
	const forums = tasksSchema.parse(gathered).needs_to_read;
	if (forums.length === 0) return [];
	const links = forums.map((forum) => ({
		text: pair(forum, 'name'),
		path: `/forums/${forum.slug}/needs` as const
	}));
	return [{ id: 'needs', title: m.needs_home(), text: m.needs_home_text(), links }];
}

const lineSchema = z.object({
	needs: z.number(),
	slug: z.string(),
	ends_on: z.iso.date(),
	time_zone: z.string()
});

/** How many people said what they need, with the way to the totals; nothing once a forum is over and they are deleted. */
export function forumLines(gathered: unknown, now: Date): ForumLine[] {
	const { needs: count, ...forum } = lineSchema.parse(gathered);
	if (count === 0 && isOver(forum, now)) return [];
	return [{ text: m.needs_organize_line({ count }), path: `/organize/forums/${forum.slug}/needs` }];
}
