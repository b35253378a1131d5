import { redirect } from '@sveltejs/kit';
import * as directory from '$lib/directory/data.server';
import { sectorField, sectorName } from '$lib/directory/words';
import * as forums from '$lib/forums/data.server';
import * as live from '$lib/live/data.server';
import * as registrations from '$lib/registrations/data.server';
import { queryOf } from '$lib/registrations/rules';
import { decisionSchema, rosterSearchSchema, type Decision } from '$lib/registrations/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const askedOf = (url: URL) => rosterSearchSchema.parse(Object.fromEntries(url.searchParams));

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	// The last change before the list: one in between has the page renewed once more, and none is missed.
	const [edited, change] = await Promise.all([
		forums.forEditing(locals.db, params.slug),
		live.lastChange(locals.db, params.slug)
	]);
	const forum = found(edited);
	const asked = askedOf(url);
	const [roster, sectors] = await Promise.all([
		registrations.roster(locals.db, forum.forum_id, asked),
		directory.sectors()
	]);
	const { people, ...rest } = found(roster);
	return {
		forum,
		asked,
		change: change?.last_change ?? null,
		...rest,
		people: people.map((one) => ({ ...one, sector: sectorName(sectors, one.sector) })),
		sectors: sectorField(sectors, asked.sector).options
	};
});

// Nothing is saved: what was chosen goes from the list to its review and back.
const step = (step: 'review' | 'choose') =>
	action(decisionSchema, async (input: Decision) => ({ values: { ...input, step } }), {
		id: 'decision'
	});

export const actions = {
	review: step('review'),
	choose: step('choose'),
	decide: action(
		decisionSchema,
		async (input: Decision, event: RequestEvent) => {
			const values = await registrations.decide(event.locals.db, input);
			flash(event, 'registrations_done_decided', { at: 'decided', values });
			const query = queryOf(askedOf(event.url));
			redirect(303, link(`/organize/forums/${event.params.slug}/people?${query}`));
		},
		{ id: 'decision' }
	)
} satisfies Actions;
