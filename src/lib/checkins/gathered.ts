import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import type { ForumLine, HomePart } from '$lib/platform/domain';
import { figure } from '$lib/platform/text/figures';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const tasksSchema = z.object({
	check_ins: z.array(z.object({ slug: z.string(), name_en: z.string(), name_fr: z.string() }))
});

/** For people with the role, the way to the check-in of each forum. */
export function homeParts(gathered: unknown): HomePart[] {
	const forums = tasksSchema.parse(gathered).check_ins;
	if (forums.length === 0) return [];
	const links = forums.map((forum) => ({
		text: pair(forum, 'name'),
		path: `/forums/${forum.slug}/check-in` as const
	}));
	return [{ id: 'check-in', title: m.checkins_title(), text: m.checkins_home_text(), links }];
}

const lineSchema = z.object({
	attended: z.number(),
	confirmed: z.number(),
	slug: z.string(),
	ends_on: z.iso.date(),
	time_zone: z.string(),
	published: z.boolean(),
	cancelled: z.boolean()
});

/** How many of those who are confirmed have come, with the way to the check-in. */
export function forumLines(gathered: unknown, now: Date): ForumLine[] {
	const { attended, confirmed, published, cancelled, ...forum } = lineSchema.parse(gathered);
	if (!published || cancelled || confirmed === 0) return [];
	if (attended === 0 && isOver(forum, now)) return [];
	const counts = { attended: figure(attended), confirmed: figure(confirmed) };
	return [{ text: m.checkins_organize_line(counts), path: `/forums/${forum.slug}/check-in` }];
}
