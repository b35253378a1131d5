import type { Domain } from '$lib/platform/domain';
import { emails } from './emails';

/** What registrations contributes to the parts that gather. */
export const registrations: Domain = {
	name: 'registrations',
	emails,
	beforeProfile: ['/(member)/forums/[slug]/register']
};
