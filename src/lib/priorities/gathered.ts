import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import type { ForumLine, Stage, Step } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What `private.priorities_organize` answers: how many priorities the list of a forum has. */
const forumSchema = z.object({ priorities: z.number().int().nonnegative() });

const lineSchema = forumSchema.extend({ slug: z.string() });

/** The list of a forum, with the way to write it. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { priorities: count, slug } = lineSchema.parse(gathered);
	const text = count > 0 ? m.organize_row_list({ count }) : m.organize_row_list_none();
	return [{ text, path: `/organize/priorities/${slug}` }];
}

const stepSchema = lineSchema.extend({
	ends_on: z.iso.date(),
	time_zone: z.string(),
	registration_opens_at: z.string().nullable()
});

/** A list that is still to be written; a forum that is older than the site has none. */
export function step(gathered: unknown, now: Date): Step | null {
	const forum = stepSchema.parse(gathered);
	if (!isOver(forum, now) || forum.priorities > 0 || forum.registration_opens_at === null)
		return null;
	return {
		weight: 'next',
		title: m.organize_step_list(),
		text: m.organize_step_list_text(),
		button: { text: m.organize_step_list_do(), path: `/organize/priorities/${forum.slug}` },
		waits: true
	};
}

/** The list: written, or to be written once the forum is over. */
export function stage(gathered: unknown, now: Date): Stage {
	const forum = stepSchema.parse(gathered);
	const count = forum.priorities;
	return {
		name: m.home_stage_list(),
		// A list of one priority is begun: a vote needs two.
		state: count > 1 ? 'done' : count === 1 || isOver(forum, now) ? 'now' : 'ahead',
		note: count > 0 ? m.organize_row_list({ count }) : undefined,
		path: `/organize/priorities/${forum.slug}`
	};
}
