import type { Domain } from '$lib/platform/domain';

/** What votes contributes to the parts that gather. */
export const votes: Domain = {
	name: 'votes',
	hiddenFromRobots: ['/votes'],
	cached: {
		'/(public)/votes/[vote]/result': { tags: ['forums', 'priorities', 'votes', 'turnout'] }
	}
};
