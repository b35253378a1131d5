import type { Domain } from '$lib/platform/domain';
import { deleteAgain } from './data.server';
import { jobs } from './jobs.server';

/** What privacy contributes to the parts that gather. */
export const privacy: Domain = {
	name: 'privacy',
	atStart: deleteAgain,
	findable: { '/(public)/privacy': async () => ['/privacy'] },
	jobs,
	openToSuspended: ['/(member)/account/data'],
	cached: { '/(public)/privacy': { tags: [] } }
};
