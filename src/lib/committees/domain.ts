import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { homeParts } from './gathered';

/** What committees contributes to the parts that gather. */
export const committees: Domain = {
	name: 'committees',
	acts: {
		start_membership: () => m.committees_act_start_membership(),
		end_membership: () => m.committees_act_end_membership()
	},
	findable: { '/(public)/committees': async () => ['/committees'] },
	homeParts,
	menu: [{ path: '/committees', text: m.shared_place_committees }],
	hiddenFromRobots: ['/committees/'],
	cached: {
		'/(public)/committees': { tags: ['committees'] },
		'/(public)/committees/[slug]': { tags: ['committees'] }
	}
};
