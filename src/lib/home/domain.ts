import type { Domain } from '$lib/platform/domain';

/** What home contributes to the parts that gather. */
export const home: Domain = {
	name: 'home'
};
