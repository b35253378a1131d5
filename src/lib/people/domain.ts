import type { Domain } from '$lib/platform/domain';
import { emails } from './emails';

/** What people contributes to the parts that gather. */
export const people: Domain = {
	name: 'people',
	emails,
	hiddenFromRobots: ['/account', '/sign-in'],
	beforeProfile: ['/(member)/account'],
	openToSuspended: ['/(member)/account']
};
