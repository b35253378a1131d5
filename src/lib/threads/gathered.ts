import { z } from 'zod';
import type { Need } from '$lib/platform/domain';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';

const { language } = Constants.public.Enums;

/** What `private.threads_tasks` answers: unread threads of a person's committees. */
export const tasksSchema = z.object({
	threads: z.array(
		z.object({
			thread_id: z.string(),
			title: z.string(),
			language: z.enum(language),
			last_post_at: z.string(),
			unread: z.number().int().nonnegative()
		})
	)
});

/** All unread threads are one need together. */
export function needs(gathered: unknown): Need[] {
	const { threads } = tasksSchema.parse(gathered);
	if (threads.length === 0) return [];
	const links = threads.map(({ thread_id, title, language, unread }) => ({
		text: title,
		path: `/threads/${thread_id}` as const,
		lang: language === getLocale() ? undefined : language,
		note: m.home_thread_new({ count: unread })
	}));
	return [{ id: 'threads', title: m.home_threads(), links }];
}
