import type { Domain } from '$lib/platform/domain';
import { forumLines, homeParts, needs } from './gathered';

/** What votes contributes to the parts that gather. */
export const votes: Domain = {
	name: 'votes',
	forumLines,
	homeParts,
	needs,
	hiddenFromRobots: ['/votes'],
	cached: {
		'/(public)/votes/[vote]/result': { tags: ['forums', 'priorities', 'votes', 'turnout'] }
	}
};
