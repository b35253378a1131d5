import * as data from './data.server';
import { readPage, readPlace } from './rules';
import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { needs } from './gathered';

/** What threads contributes to the parts that gather. */
export const threads: Domain = {
	name: 'threads',
	acts: {
		delete_post: () => m.threads_act_delete_post(),
		close_thread: () => m.threads_act_close_thread(),
		reopen_thread: () => m.threads_act_reopen_thread()
	},
	needs,
	hiddenFromRobots: ['/threads'],
	pages: {
		'/(member)/threads': (db, { url }) => data.unreadPage(db, readPlace(url.searchParams)),
		'/(member)/threads/[thread]': (db, { params, url }) =>
			data.page(db, params.thread ?? '', readPage(url.searchParams.get('page'))),
		'/(public)/committees/[slug]': (db, { params, url }) =>
			data.committeePage(db, params.slug ?? '', readPlace(url.searchParams))
	}
};
