import { z } from 'zod';
import type { HomePart } from '$lib/platform/domain';
import { Constants } from '$lib/platform/db/types';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const { duty } = Constants.public.Enums;

/** What `private.committees_tasks` answers: the committees of a person. */
export const tasksSchema = z.object({
	committees: z.array(
		z.object({
			slug: z.string(),
			name_en: z.string(),
			name_fr: z.string(),
			duty: z.enum(duty)
		})
	)
});

const duties = {
	member: m.home_duty_member,
	regional_representative: m.home_duty_regional_representative,
	chair: m.home_duty_chair
};

/** The person's committees with their duty in each, or the way to join one. */
export function homeParts(gathered: unknown): HomePart[] {
	const links = tasksSchema.parse(gathered).committees.map((committee) => ({
		text: pair(committee, 'name'),
		path: `/committees/${committee.slug}` as const,
		note: duties[committee.duty]()
	}));
	const about = { id: 'committees', title: m.home_committees() };
	if (links.length > 0) return [{ ...about, links }];
	return [
		{
			...about,
			text: m.home_committees_none(),
			buttons: [{ text: m.home_join_committees(), path: '/committees', variant: 'quiet' }]
		}
	];
}
