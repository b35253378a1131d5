import { redirect } from '@sveltejs/kit';
import * as priorities from '$lib/priorities/data.server';
import * as votes from '$lib/votes/data.server';
import { areaSchema, pointSchema, removalSchema, wordingSchema } from '$lib/priorities/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const forum = found(await votes.listForOrganizers(locals.db, params.slug));
	const asked = (name: string) => url.searchParams.get(name);
	return {
		forum,
		running: forum.votes.find(({ counted_at }) => counted_at === null) ?? null,
		// Which form is open, by the id of what it is about.
		open: {
			add: asked('add'),
			part: asked('part'),
			edit: asked('edit'),
			remove: asked('remove'),
			area: asked('area') !== null
		}
	};
});

function back({ params }: RequestEvent, to: string): never {
	redirect(303, link(`/organize/priorities/${params.slug}${to}` as `/${string}`));
}

export const actions = {
	add: action(
		pointSchema,
		async (point, event: RequestEvent) => {
			const id = await priorities.add(event.locals.db, point);
			if (point.under) back(event, `#point-${id}`);
			// A list is written one point after the other.
			flash(event, 'priorities_done_added', { at: 'add', values: { priority: id } });
			back(event, `?add=${point.area}#add`);
		},
		{ id: 'open' }
	),
	reword: action(
		wordingSchema,
		async (wording, event: RequestEvent) => {
			await priorities.reword(event.locals.db, wording);
			back(event, `#point-${wording.point}`);
		},
		{ id: 'open' }
	),
	remove: action(
		removalSchema,
		async ({ point }, event: RequestEvent) => {
			await priorities.remove(event.locals.db, point);
			back(event, '');
		},
		{ id: 'open' }
	),
	area: action(
		areaSchema,
		async (area, event: RequestEvent) => {
			const id = await priorities.addArea(event.locals.db, area);
			back(event, `?add=${id}#add`);
		},
		{ id: 'open' }
	)
} satisfies Actions;
