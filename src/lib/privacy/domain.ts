import type { Domain } from '$lib/platform/domain';
import { jobs } from './jobs.server';

/** What privacy contributes to the parts that gather. */
export const privacy: Domain = {
	name: 'privacy',
	jobs,
	openToSuspended: ['/(member)/account/data'],
	cached: { '/(public)/privacy': { tags: [] } }
};
