import { z } from 'zod';
import type { Need } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What `private.people_tasks` answers: how many people wait to be approved, for organizers. */
export const tasksSchema = z.object({ people_to_approve: z.number().int().nonnegative() });

/** The new people whom an organizer has to approve. */
export function needs(gathered: unknown): Need[] {
	const { people_to_approve: count } = tasksSchema.parse(gathered);
	if (count === 0) return [];
	return [
		{
			id: 'people-to-approve',
			title: m.people_need_title({ count }),
			lines: [m.people_need_text()],
			button: { text: m.people_need_do(), path: '/organize/people?status=new' }
		}
	];
}
