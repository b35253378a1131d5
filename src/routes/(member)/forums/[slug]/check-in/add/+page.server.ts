import { redirect } from '@sveltejs/kit';
import * as checkins from '$lib/checkins/data.server';
import { walkInSchema } from '$lib/checkins/schema';
import * as directory from '$lib/directory/data.server';
import { sectorChoices } from '$lib/directory/words';
import { modesOffered } from '$lib/forums/rules';
import * as registrations from '$lib/registrations/data.server';
import { inviteSchema } from '$lib/registrations/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const asked = { search: '', after: null, scan: null };
	const [{ forum, organizer }, sectors] = await Promise.all([
		checkins.page(locals.db, params.slug, asked),
		directory.sectors()
	]);
	found(forum.takes_place || null);
	return {
		forum,
		organizer,
		scan: crypto.randomUUID(),
		modes: modesOffered(forum),
		sectors: sectorChoices(sectors.filter((it) => !it.retired_at))
	};
});

export const actions = {
	add: action(
		walkInSchema,
		async (input, { locals, params }: RequestEvent) => {
			const { scan_id } = await checkins.addWalkIn(locals.db, input);
			redirect(303, link(`/forums/${params.slug}/check-in?scan=${scan_id}`));
		},
		{ id: 'add', beside: { mode_not_offered: 'mode', sector_not_offered: 'sector' } }
	),
	invite: action(
		inviteSchema,
		async (input, event: RequestEvent) => {
			await registrations.invite(event.locals.db, input);
			back(event, 'checkins_done_invited');
		},
		{
			id: 'invite',
			beside: { registered_already: 'emails', no_spot_to_hold: 'mode', mode_not_offered: 'mode' }
		}
	)
} satisfies Actions;
