import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { nameFirstOrganizers } from './data.server';
import { emails } from './emails';
import { needs } from './gathered';
import { acts } from './words';

/** What people contributes to the parts that gather. */
export const people: Domain = {
	name: 'people',
	acts,
	atStart: () => nameFirstOrganizers(),
	emails,
	needs,
	organizePages: [
		{ path: '/organize/people', text: m.people_organize },
		{ path: '/organize/sectors', text: m.people_sectors }
	],
	hiddenFromRobots: ['/account', '/sign-in'],
	beforeProfile: ['/(member)/account'],
	openToSuspended: ['/(member)/account']
};
