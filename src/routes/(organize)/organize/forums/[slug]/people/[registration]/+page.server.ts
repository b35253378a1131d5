import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as directory from '$lib/directory/data.server';
import { sectorName } from '$lib/directory/words';
import * as fees from '$lib/fees/data.server';
import * as forums from '$lib/forums/data.server';
import * as registrations from '$lib/registrations/data.server';
import { decisionSchema, moveSchema, type Decision } from '$lib/registrations/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	if (!z.uuid().safeParse(params.registration).success) error(404, m.shared_error_404_text());
	const [forum, read, fee, sectors] = await Promise.all([
		forums.forEditing(locals.db, params.slug),
		registrations.story(locals.db, params.registration),
		fees.ofRegistration(locals.db, params.registration),
		directory.sectors()
	]);
	const story = found(read?.forum_id === forum?.forum_id ? read : null);
	return { forum: found(forum), story, fee, sector: sectorName(sectors, story.sector) };
});

function back(
	event: RequestEvent,
	...done: [Parameters<typeof flash>[1], Parameters<typeof flash>[2]?]
) {
	flash(event, ...done);
	const { slug, registration } = event.params;
	redirect(303, link(`/organize/forums/${slug}/people/${registration}`));
}

// Nothing is saved: what was chosen goes from the page to its review and back.
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
			back(event, 'registrations_done_decided', { at: 'decided', values });
		},
		{ id: 'decision' }
	),
	move: action(
		moveSchema,
		async ({ place, reason }, event: RequestEvent) => {
			await registrations.move(event.locals.db, event.params.registration, place, reason);
			back(event, 'registrations_done_moved');
		},
		{ id: 'move' }
	)
} satisfies Actions;
