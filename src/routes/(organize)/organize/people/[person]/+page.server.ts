import { redirect } from '@sveltejs/kit';
import { acts } from '$lib/domains';
import * as directory from '$lib/directory/data.server';
import { sectorField, sectorName } from '$lib/directory/words';
import * as forums from '$lib/forums/data.server';
import { endRoleSchema, roleSchema } from '$lib/forums/schema';
import { actWords } from '$lib/organize/words';
import * as people from '$lib/people/data.server';
import { nothing, sectorSchema, suspensionSchema } from '$lib/people/schema';
import type { Db } from '$lib/platform/db/client.server';
import { action } from '$lib/platform/http/action.server';
import { back, flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const [read, roles, all] = await Promise.all([
		people.forOrganizers(locals.db, params.person),
		forums.rolesOf(locals.db, params.person),
		directory.sectors()
	]);
	const { acts: about, ...person } = found(read);
	return {
		person,
		sector: person.sector && sectorName(all, person.sector),
		sectors: sectorField(all, person.sector),
		acts: about.map(({ action, fields, ...act }) => ({
			...act,
			words: actWords(acts, action, fields)
		})),
		roles,
		asks: url.searchParams.get('ask')
	};
});

type Done = Parameters<typeof flash>[1];

/** A button about the person as a whole. */
function decision(verb: (db: Db, person: string) => Promise<unknown>, id: string, done: Done) {
	return action(
		nothing,
		async (_, event: RequestEvent) => {
			await verb(event.locals.db, event.params.person);
			back(event, done);
		},
		{ id }
	);
}

export const actions = {
	approve: decision(people.approve, 'approve', 'people_done_approved'),
	restore: decision(people.restore, 'restore', 'people_done_restored'),
	name: decision(people.nameOrganizer, 'role', 'people_done_named'),
	give: action(
		roleSchema,
		async (given, event: RequestEvent) => {
			await forums.nameRole(event.locals.db, event.params.person, given);
			back(event, 'forums_done_role_named');
		},
		{ id: 'give-role', beside: { role_end_past: 'ends_on', role_end_late: 'ends_on' } }
	),
	take: action(
		endRoleSchema,
		async ({ held }, event: RequestEvent) => {
			await forums.endRole(event.locals.db, held);
			back(event, 'forums_done_role_ended');
		},
		{ id: 'end-role' }
	),
	suspend: action(
		suspensionSchema,
		async ({ reason }, event: RequestEvent) => {
			await people.suspend(event.locals.db, event.params.person, reason);
			back(event, 'people_done_suspended');
		},
		{ id: 'suspend' }
	),
	sector: action(
		sectorSchema,
		async ({ sector }, event: RequestEvent) => {
			await people.setSector(event.locals.db, event.params.person, sector);
			back(event, 'people_done_sector');
		},
		{ id: 'sector', beside: { sector_not_offered: 'sector' } }
	),
	end: action(
		nothing,
		async (_, event: RequestEvent) => {
			await people.endOrganizer(event.locals.db, event.params.person);
			await event.locals.identify();
			if (event.locals.person?.organizer) back(event, 'people_done_ended');
			// Somebody who ended their own role has no way to this page any more.
			flash(event, 'people_done_ended');
			redirect(303, link('/'));
		},
		{ id: 'role' }
	)
} satisfies Actions;
