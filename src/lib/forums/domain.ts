import { acts } from './words';
import * as data from './data.server';
import { forumLines, step } from './gathered';
import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What forums contributes to the parts that gather. */
export const forums: Domain = {
	name: 'forums',
	acts,
	forumLines,
	step,
	organizePages: [
		{ path: '/organize/forums/new', text: m.forums_new },
		{ path: '/organize/forums/past', text: m.forums_past_enter }
	],
	findable: {
		'/(public)/forums': async () => ['/forums'],
		'/(public)/forums/[slug]': async (db) =>
			(await data.list(db)).map(({ slug }) => `/forums/${slug}` as const)
	},
	menu: [{ path: '/forums', text: m.shared_place_forums }],
	cached: {
		'/(public)/forums': { tags: ['forums', 'registrations', 'priorities', 'reports'] },
		'/(public)/forums/[slug]': {
			tags: [
				'directory',
				'forums',
				'registrations',
				'fees',
				'bursaries',
				'sessions',
				'materials',
				'priorities',
				'votes',
				'reports'
			]
		}
	}
};
