import type { Domain } from '$lib/platform/domain';
import { jobs } from './jobs.server';
import { forumLines, homeParts, needs, step } from './gathered';

/** What votes contributes to the parts that gather. */
export const votes: Domain = {
	name: 'votes',
	forumLines,
	jobs,
	homeParts,
	needs,
	step,
	stages: ['vote'],
	hiddenFromRobots: ['/votes'],
	cached: {
		'/(public)/votes/[vote]/result': { tags: ['forums', 'priorities', 'votes', 'turnout'] }
	}
};
