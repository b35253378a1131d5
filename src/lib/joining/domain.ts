import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { page } from './data.server';
import { emails } from './emails';
import { forumLines, homeParts, needs } from './gathered';
import { acts } from './words';

/** What joining contributes to the parts that gather. */
export const joining: Domain = {
	name: 'joining',
	acts,
	emails,
	forumLines,
	hiddenFromRobots: ['/join'],
	homeParts,
	needs,
	organizePages: [{ path: '/organize/joining', text: m.joining_organize }],
	pages: { '/(member)/join': (db) => page(db) }
};
