import { z } from 'zod';
import type { ForumLine, HomePart, Need } from '$lib/platform/domain';
import { date } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { joiningTitle } from './words';

const count = z.number().int().nonnegative();

/** What `private.joining_tasks` answers. */
const tasksSchema = z.object({
	joining: z.object({
		approved: z.boolean(),
		may_ask: z.boolean(),
		sent_at: z.string().nullable()
	}),
	requests_to_decide: count
});

/** The requests that wait for an organizer. */
export function needs(gathered: unknown): Need[] {
	const { requests_to_decide: count } = tasksSchema.parse(gathered);
	if (count === 0) return [];
	return [
		{
			id: 'requests-to-decide',
			title: m.joining_need_title({ count }),
			lines: [m.joining_need_text()],
			button: { text: m.joining_need_do(), path: '/organize/joining' }
		}
	];
}

/** The way to join for somebody who may ask, or since when their request waits. */
export function homeParts(gathered: unknown): HomePart[] {
	const { approved, may_ask, sent_at } = tasksSchema.parse(gathered).joining;
	const about = { id: 'joining', title: joiningTitle(approved) };
	if (sent_at) {
		return [
			{
				...about,
				text: m.joining_home_waits({ date: date(sent_at) }),
				buttons: [{ text: m.joining_see(), path: '/join', variant: 'text' }]
			}
		];
	}
	if (!may_ask) return [];
	return [
		{
			...about,
			text: approved ? m.joining_home_text_approved() : m.joining_home_text(),
			buttons: [{ text: approved ? about.title : m.joining_ask(), path: '/join', variant: 'quiet' }]
		}
	];
}

const lineSchema = z.object({ help: z.object({ offers: count, accepted: count }) });

/** Who offers to help prepare the forum, and who helps. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { offers, accepted } = lineSchema.parse(gathered).help;
	if (offers + accepted === 0) return [];
	return [
		{
			text: m.joining_organize_line({ count: accepted }),
			path: '/organize/joining',
			note: offers > 0 ? m.joining_organize_offers({ count: offers }) : undefined
		}
	];
}
