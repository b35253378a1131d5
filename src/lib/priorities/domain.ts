import * as data from './data.server';
import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { forumLines, stage, step } from './gathered';

/** What priorities contributes to the parts that gather. */
export const priorities: Domain = {
	name: 'priorities',
	acts: {
		reword_priority: () => m.priorities_act_reword_priority(),
		add_area: () => m.priorities_act_add_area(),
		add_priority: () => m.priorities_act_add_priority(),
		delete_priority: () => m.priorities_act_delete_priority()
	},
	findable: {
		'/(public)/priorities': async () => ['/priorities'],
		'/(public)/priorities/[slug]': async (db) =>
			(await data.listed(db)).map(({ slug }) => `/priorities/${slug}` as const)
	},
	forumLines,
	step,
	stage,
	menu: [{ path: '/priorities', text: m.shared_place_priorities }],
	cached: {
		'/(public)/priorities': { tags: ['forums', 'priorities', 'votes'] },
		'/(public)/priorities/[slug]': { tags: ['forums', 'priorities', 'votes'] },
		'/(public)/priorities/history/[priority]': { tags: ['forums', 'priorities', 'votes'] }
	}
};
