import { z } from 'zod';
import type { Need } from '$lib/platform/domain';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const tasksSchema = z.object({
	apart_to_decide: z.array(
		z.object({ slug: z.string(), name_en: z.string(), name_fr: z.string(), count: z.number() })
	)
});

/** For needs readers, the requests that wait for a decision, without any name. */
export function needs(gathered: unknown): Need[] {
	return tasksSchema.parse(gathered).apart_to_decide.map(({ slug, count, ...forum }) => ({
		id: `apart-${slug}`,
		title: m.apart_home({ count }),
		lines: [pair(forum, 'name')],
		button: { text: m.apart_list_open(), path: `/forums/${slug}/apart` }
	}));
}
