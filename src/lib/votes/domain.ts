import type { Domain } from '$lib/platform/domain';
import { jobs } from './jobs.server';
import { forumLines, homeParts, needs, stage, step } from './gathered';

/** What votes contributes to the parts that gather. */
export const votes: Domain = {
	name: 'votes',
	forumLines,
	jobs,
	homeParts,
	needs,
	step,
	stage,
	hiddenFromRobots: ['/votes'],
	cached: {
		'/(public)/votes/[vote]/result': {
			tags: ['directory', 'forums', 'priorities', 'votes', 'turnout']
		}
	}
};
