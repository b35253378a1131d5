import type { Domain } from '$lib/platform/domain';
import { forumLines, homeParts, needs, stage, step } from './gathered';

/** What sessions contributes to the parts that gather. */
export const sessions: Domain = {
	name: 'sessions',
	forumLines,
	homeParts,
	needs,
	step,
	stage,
	cached: { '/(public)/forums/[slug]/program': { tags: ['forums', 'registrations', 'sessions'] } }
};
