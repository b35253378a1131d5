import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { deleteAgain } from './data.server';
import { jobs } from './jobs.server';

/** What privacy contributes to the parts that gather. */
export const privacy: Domain = {
	name: 'privacy',
	acts: {
		delete_account: () => m.privacy_act_delete_account()
	},
	atStart: deleteAgain,
	findable: { '/(public)/privacy': async () => ['/privacy'] },
	jobs,
	openToSuspended: ['/(member)/account/data'],
	cached: { '/(public)/privacy': { tags: [] } }
};
