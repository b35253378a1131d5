import type { Domain } from '$lib/platform/domain';

/** What mail contributes to the parts that gather. */
export const mail: Domain = {
	name: 'mail',
	hiddenFromRobots: ['/mailbox']
};
