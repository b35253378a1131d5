import type { Domain } from '$lib/platform/domain';

/** What registrations contributes to the parts that gather. */
export const registrations: Domain = {
	name: 'registrations',
	beforeProfile: ['/(member)/forums/[slug]/register']
};
