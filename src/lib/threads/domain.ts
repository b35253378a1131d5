import type { Domain } from '$lib/platform/domain';

/** What threads contributes to the parts that gather. */
export const threads: Domain = {
	name: 'threads',
	hiddenFromRobots: ['/threads']
};
