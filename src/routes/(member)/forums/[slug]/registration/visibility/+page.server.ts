import * as directory from '$lib/directory/data.server';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import * as visibility from '$lib/visibility/data.server';
import { PREVIEW_AS } from '$lib/visibility/rules';
import { choiceSchema } from '$lib/visibility/schema';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const mine = found(await visibility.mine(locals.db, params.slug));
	const sectors = await directory.sectors();
	const asked = url.searchParams.get('as');
	const as = sectors.some(({ sector }) => sector === asked) ? asked! : PREVIEW_AS;
	return { mine, sectors, as, approved: locals.person?.approved ?? false };
});

export const actions = {
	save: action(
		choiceSchema,
		async (choice, event: RequestEvent) => {
			await visibility.save(event.locals.db, choice);
			back(event, 'visibility_done_saved');
		},
		{ id: 'visibility', beside: { nobody_left_out: 'except' } }
	)
} satisfies Actions;
