import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { forumLines } from './gathered';

/** What reports contributes to the parts that gather. */
export const reports: Domain = {
	name: 'reports',
	forumLines,
	menu: [{ path: '/reports', text: m.shared_place_reports }],
	cached: {
		'/(public)/reports': { tags: ['forums', 'reports'] },
		'/(public)/reports/[slug]': { tags: ['forums', 'reports', 'votes'] }
	}
};
