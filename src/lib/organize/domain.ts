import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** What organize contributes to the parts that gather. */
export const organize: Domain = {
	name: 'organize',
	menu: [{ path: '/organize', text: m.shared_place_organize, organizers: true }],
	organizePages: [{ path: '/organize/audit', text: m.organize_audit }],
	hiddenFromRobots: ['/organize']
};
