import { redirect } from '@sveltejs/kit';
import * as people from '$lib/people/data.server';
import { nothing, sectorSchema, suspensionSchema } from '$lib/people/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => ({
	person: found(await people.forOrganizers(locals.db, params.person))
}));

function done(event: RequestEvent, key: Parameters<typeof flash>[1]): never {
	flash(event, key);
	redirect(303, link(`/organize/people/${event.params.person}`));
}

export const actions = {
	approve: action(
		nothing,
		async (_, event: RequestEvent) => {
			await people.approve(event.locals.db, event.params.person);
			done(event, 'people_done_approved');
		},
		{ id: 'approve' }
	),
	suspend: action(
		suspensionSchema,
		async ({ reason }, event: RequestEvent) => {
			await people.suspend(event.locals.db, event.params.person, reason);
			done(event, 'people_done_suspended');
		},
		{ id: 'suspend' }
	),
	restore: action(
		nothing,
		async (_, event: RequestEvent) => {
			await people.restore(event.locals.db, event.params.person);
			done(event, 'people_done_restored');
		},
		{ id: 'restore' }
	),
	sector: action(
		sectorSchema,
		async ({ sector }, event: RequestEvent) => {
			await people.setSector(event.locals.db, event.params.person, sector);
			done(event, 'people_done_sector');
		},
		{ id: 'sector' }
	),
	name: action(
		nothing,
		async (_, event: RequestEvent) => {
			await people.nameOrganizer(event.locals.db, event.params.person);
			done(event, 'people_done_named');
		},
		{ id: 'role' }
	),
	end: action(
		nothing,
		async (_, event: RequestEvent) => {
			await people.endOrganizer(event.locals.db, event.params.person);
			flash(event, 'people_done_ended');
			// Who ended their own role has no way to this page any more.
			await event.locals.identify();
			const own = event.locals.person?.person_id === event.params.person;
			redirect(303, own ? link('/') : link(`/organize/people/${event.params.person}`));
		},
		{ id: 'role' }
	)
} satisfies Actions;
