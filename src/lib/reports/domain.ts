import * as data from './data.server';
import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { forumLines, stage, step } from './gathered';

/** What reports contributes to the parts that gather. */
export const reports: Domain = {
	name: 'reports',
	acts: {
		draft_report: () => m.reports_act_draft_report(),
		save_report: () => m.reports_act_save_report(),
		publish_report: () => m.reports_act_publish_report(),
		correct_report: () => m.reports_act_correct_report(),
		unpublish_report: () => m.reports_act_unpublish_report()
	},
	findable: {
		'/(public)/reports': async () => ['/reports'],
		'/(public)/reports/[slug]': async (db) =>
			(await data.list(db)).map(({ forum }) => `/reports/${forum.slug}` as const)
	},
	forumLines,
	step,
	stage,
	menu: [{ path: '/reports', text: m.shared_place_reports }],
	cached: {
		'/(public)/reports': { tags: ['forums', 'reports'] },
		'/(public)/reports/[slug]': { tags: ['forums', 'reports', 'votes'] }
	}
};
