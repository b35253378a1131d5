import type { Domain } from '$lib/platform/domain';

/** What people contributes to the parts that gather. */
export const people: Domain = {
	name: 'people',
	hiddenFromRobots: ['/account', '/sign-in'],
	beforeProfile: ['/(member)/account'],
	openToSuspended: ['/(member)/account']
};
