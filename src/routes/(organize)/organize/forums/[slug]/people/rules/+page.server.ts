import * as directory from '$lib/directory/data.server';
import * as forums from '$lib/forums/data.server';
import { modesOffered } from '$lib/forums/rules';
import * as registrations from '$lib/registrations/data.server';
import {
	invitationOnly,
	inviteSchema,
	reserveOnly,
	reserveSchema,
	rulesSchema
} from '$lib/registrations/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const forum = found(await forums.forEditing(locals.db, params.slug));
	const settings = found(await registrations.settings(locals.db, forum.forum_id));
	return { forum, modes: modesOffered(forum), sectors: await directory.sectors(), ...settings };
});

export const actions = {
	rules: action(
		rulesSchema,
		async (input, event: RequestEvent) => {
			await registrations.saveRules(event.locals.db, input);
			back(event, 'registrations_done_rules');
		},
		{ id: 'rules' }
	),
	reserve: action(
		reserveSchema,
		async (input, event: RequestEvent) => {
			await registrations.reserve(event.locals.db, input);
			back(event, 'registrations_done_reserved');
		},
		{
			id: 'reserve',
			beside: {
				reserves_beyond_capacity: 'spots',
				reserve_for_nobody: 'provinces',
				reserve_release_day: 'releases_on',
				mode_not_offered: 'mode'
			}
		}
	),
	release: action(
		reserveOnly,
		async ({ reserve }, event: RequestEvent) => {
			await registrations.releaseReserve(event.locals.db, reserve);
			back(event, 'registrations_done_released');
		},
		{ id: 'release' }
	),
	invite: action(
		inviteSchema,
		async (input, event: RequestEvent) => {
			const count = await registrations.invite(event.locals.db, input);
			const others = input.emails.length - count;
			const done = others > 0 ? 'registrations_done_invited_others' : 'registrations_done_invited';
			back(event, done, { values: { count, others } });
		},
		{
			id: 'invite',
			beside: {
				no_spot_to_hold: 'holds_spot',
				mode_not_offered: 'mode',
				registered_already: 'emails'
			}
		}
	),
	end: action(
		invitationOnly,
		async ({ invitation }, event: RequestEvent) => {
			await registrations.revokeInvitation(event.locals.db, invitation);
			back(event, 'registrations_done_invitation_ended');
		},
		{ id: 'end' }
	)
} satisfies Actions;
