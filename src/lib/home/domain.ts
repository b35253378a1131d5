import * as data from './data.server';
import type { Domain } from '$lib/platform/domain';

/** What home contributes to the parts that gather. */
export const home: Domain = {
	name: 'home',
	findable: {
		'/(public)': async () => ['/'],
		'/(public)/accessibility': async () => ['/accessibility']
	},
	cached: {
		'/(public)': {
			tags: ['forums', 'registrations', 'sessions', 'priorities', 'votes', 'reports']
		},
		'/(public)/accessibility': { tags: [] },
		'/(public)/leaving': { tags: [] }
	},
	pages: { '/(public)': (db) => data.page(db), '/(organize)/organize': (db) => data.page(db) }
};
