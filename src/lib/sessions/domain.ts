import type { Domain } from '$lib/platform/domain';

/** What sessions contributes to the parts that gather. */
export const sessions: Domain = {
	name: 'sessions',
	cached: { '/(public)/forums/[slug]/program': { tags: ['forums', 'registrations', 'sessions'] } }
};
