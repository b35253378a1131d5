import { z } from 'zod';
import type { Need } from '$lib/platform/domain';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { entrance } from './rules';
import { foreign, writtenIn } from './words';

const { language } = Constants.public.Enums;
const count = z.number().int().nonnegative();

/** From so many on the count is not complete: home looks at the latest threads only. */
const COUNTED = 90;

/** What `private.threads_tasks` answers: the latest unread threads of a person's committees, and their number. */
export const tasksSchema = z.object({
	threads: z.array(
		z.object({
			thread_id: z.string(),
			title: z.string(),
			language: z.enum(language),
			last_post_at: z.string(),
			posts_count: count,
			read: count,
			unread: count
		})
	),
	threads_unread: count
});

/** All unread threads are one need together. */
export function needs(gathered: unknown): Need[] {
	const { threads, threads_unread } = tasksSchema.parse(gathered);
	if (threads.length === 0) return [];
	const links: Need['links'] = threads.map((thread) => ({
		text: thread.title,
		path: entrance(thread),
		lang: foreign(thread.language),
		note: [m.home_thread_new({ count: thread.unread }), writtenIn(thread.language)]
			.filter(Boolean)
			.join('\u00a0· ')
	}));
	const more = threads_unread - threads.length;
	if (more > 0) {
		const text = more < COUNTED ? m.home_threads_more({ count: more }) : m.home_threads_all();
		links.push({ text, path: '/threads' });
	}
	return [{ id: 'threads', title: m.home_threads(), links }];
}
