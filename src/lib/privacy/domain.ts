import type { Domain } from '$lib/platform/domain';

/** What privacy contributes to the parts that gather. */
export const privacy: Domain = {
	name: 'privacy',
	openToSuspended: ['/(member)/account/data'],
	cached: { '/(public)/privacy': { tags: [] } }
};
