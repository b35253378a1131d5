import { redirect } from '@sveltejs/kit';
import * as checkins from '$lib/checkins/data.server';
import { askedSchema, codeSchema, personSchema, undoSchema, type Scan } from '$lib/checkins/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url, setHeaders }: PageServerLoadEvent) => {
	// The only page that asks for the camera.
	setHeaders({ 'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=()' });
	const asked = askedSchema.parse(Object.fromEntries(url.searchParams));
	const found = await checkins.page(locals.db, params.slug, asked);
	return {
		...found,
		asked,
		ids: found.people.map(() => crypto.randomUUID()),
		id: crypto.randomUUID()
	};
});

/** The answer is a page of its own: loaded again, it checks in nobody a second time. */
function show({ params }: RequestEvent, { scan_id }: Scan): never {
	redirect(303, link(`/forums/${params.slug}/check-in?scan=${scan_id}`));
}

export const actions = {
	code: action(
		codeSchema,
		async (input, event: RequestEvent) => show(event, await checkins.typed(event.locals.db, input)),
		{ id: 'code' }
	),
	person: action(
		personSchema,
		async (input, event: RequestEvent) => show(event, await checkins.named(event.locals.db, input)),
		{ id: 'person' }
	),
	undo: action(
		undoSchema,
		async ({ scan }, event: RequestEvent) => {
			const still = await checkins.undo(event.locals.db, scan);
			flash(event, still ? 'checkins_done_undone_still' : 'checkins_done_undone');
			redirect(303, link(`/forums/${event.params.slug}/check-in`));
		},
		{ id: 'undo' }
	)
} satisfies Actions;
