import { z } from 'zod';
import type { ForumLine, Step } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { isOver } from './rules';

const capacity = z.number().int().nonnegative().nullable();

/** What `private.forums_organize` answers: names, dates, place and capacity of a forum. */
export const forumSchema = z.object({
	forum_id: z.string(),
	slug: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	place_en: z.string(),
	place_fr: z.string(),
	starts_on: z.iso.date(),
	ends_on: z.iso.date(),
	published: z.boolean(),
	cancelled: z.boolean(),
	archived: z.boolean(),
	time_zone: z.string(),
	registration_opens_at: z.string().nullable(),
	registration_closes_at: z.string().nullable(),
	capacity_in_person: capacity,
	capacity_online: capacity
});

/** The way to the page where organizers change a forum. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { slug } = forumSchema.parse(gathered);
	return [{ text: m.forums_edit(), path: `/organize/forums/${slug}` }];
}

/** A forum that is cancelled, a draft, or older than the site. */
export function step(gathered: unknown, now: Date): Step | null {
	const forum = forumSchema.parse(gathered);
	const path = `/forums/${forum.slug}` as const;
	if (forum.archived) {
		return {
			weight: 'ended',
			title: m.organize_step_archived(),
			text: m.forums_archive_step(),
			button: { text: m.organize_step_archived_do(), path },
			waits: false
		};
	}
	if (forum.cancelled) {
		return {
			weight: 'ended',
			title: m.organize_step_cancelled(),
			text: m.organize_step_cancelled_text(),
			button: { text: m.organize_step_cancelled_do(), path },
			waits: false
		};
	}
	if (isOver(forum, now)) {
		return {
			weight: 'past',
			title: m.organize_step_archived(),
			text: m.organize_step_archived_text(),
			button: { text: m.organize_step_archived_do(), path },
			waits: false
		};
	}
	if (forum.published) return null;
	return {
		weight: 'next',
		title: m.organize_step_publish_forum(),
		text: m.organize_step_publish_forum_text(),
		button: { text: m.organize_step_publish_forum_do(), path: `/organize${path}` },
		waits: true
	};
}
