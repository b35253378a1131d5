import type { Domain } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { emails } from './emails';
import { forumLines, needs, stage, step } from './gathered';
import { jobs } from './jobs.server';

/** What registrations contributes to the parts that gather. */
export const registrations: Domain = {
	name: 'registrations',
	acts: {
		save_registration_rules: () => m.registrations_act_save_registration_rules(),
		approve_registration: () => m.registrations_act_approve_registration(),
		refuse_registration: () => m.registrations_act_refuse_registration(),
		cancel_registration: () => m.registrations_act_cancel_registration(),
		move_in_line: () => m.registrations_act_move_in_line(),
		invite: () => m.registrations_act_invite(),
		revoke_invitation: () => m.registrations_act_revoke_invitation(),
		take_figures: () => m.registrations_act_take_figures(),
		add_reserve: () => m.registrations_act_add_reserve(),
		release_reserve: () => m.registrations_act_release_reserve(),
		set_edits_until: () => m.registrations_act_set_edits_until()
	},
	forumLines,
	step,
	stage,
	emails,
	jobs,
	needs,
	beforeProfile: ['/(member)/forums/[slug]/register']
};
