import type { Domain } from '$lib/platform/domain';
import { homeParts, needs, step } from './gathered';

/** What sessions contributes to the parts that gather. */
export const sessions: Domain = {
	name: 'sessions',
	homeParts,
	needs,
	step,
	stages: ['breakouts'],
	cached: { '/(public)/forums/[slug]/program': { tags: ['forums', 'registrations', 'sessions'] } }
};
