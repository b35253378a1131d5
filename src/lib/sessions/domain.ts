import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { emails } from './emails';
import { forumLines, homeParts, needs, stage, step } from './gathered';
import { jobs } from './jobs.server';

/** What sessions contributes to the parts that gather. */
export const sessions: Domain = {
	name: 'sessions',
	acts: {
		save_session: () => m.sessions_act_save_session(),
		delete_session: () => m.sessions_act_delete_session(),
		release_program: () => m.sessions_act_release_program()
	},
	emails,
	jobs,
	forumLines,
	homeParts,
	needs,
	step,
	stage,
	cached: { '/(public)/forums/[slug]/program': { tags: ['forums', 'registrations', 'sessions'] } }
};
