import type { Domain } from '$lib/platform/domain';
import { emails } from './emails';
import { jobs } from './jobs.server';

/** What registrations contributes to the parts that gather. */
export const registrations: Domain = {
	name: 'registrations',
	emails,
	jobs,
	beforeProfile: ['/(member)/forums/[slug]/register']
};
