import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { jobs } from './jobs.server';
import { forumLines, homeParts, needs, stage, step } from './gathered';

/** What votes contributes to the parts that gather. */
export const votes: Domain = {
	name: 'votes',
	acts: {
		open_vote: () => m.votes_act_open_vote(),
		count_vote: () => m.votes_act_count_vote()
	},
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
