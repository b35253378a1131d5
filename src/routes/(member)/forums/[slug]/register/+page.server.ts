import { redirect } from '@sveltejs/kit';
import * as directory from '$lib/directory/data.server';
import { sectorField } from '$lib/directory/words';
import * as registrations from '$lib/registrations/data.server';
import { registrationSchema } from '$lib/registrations/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { link } from '$lib/platform/text/i18n/link';
import { moment } from '$lib/platform/text/dates';
import { pair } from '$lib/platform/text/i18n/pair';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const pathOfMine = (slug: string) => link(`/forums/${slug}/registration`);

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const { db, account, person } = locals;
	const { forum, registration, approval, invitation } = found(
		await registrations.withForum(db, params.slug, account!.id)
	);
	if (registration && registration.status !== 'cancelled') redirect(303, pathOfMine(params.slug));
	const names = (await directory.names(db)).map((organization) => pair(organization, 'name'));
	const organizations = names.sort(new Intl.Collator(`${getLocale()}-CA`).compare);
	return {
		forum,
		profile: person,
		organizations,
		sectors: sectorField(await directory.sectors(), person?.sector),
		approval: invitation ? 'none' : approval,
		invitation: invitation && {
			holds_spot: invitation.holds_spot,
			until: moment(invitation.expires_at, forum.time_zone)
		}
	};
});

export const actions = {
	register: action(
		registrationSchema,
		async (input, event: RequestEvent) => {
			const { outcome } = await registrations.register(event.locals.db, input);
			if (outcome === 'already') flash(event, 'registrations_done_already');
			redirect(303, pathOfMine(event.params.slug));
		},
		{ id: 'register', beside: { sector_not_offered: 'sector' } }
	)
} satisfies Actions;
