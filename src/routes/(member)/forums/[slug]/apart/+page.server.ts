import * as apart from '$lib/apart/data.server';
import { LENGTHS } from '$lib/apart/rules';
import { acceptSchema, requestSchema } from '$lib/apart/schema';
import * as directory from '$lib/directory/data.server';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { page } from '$lib/platform/http/load.server';
import { z } from 'zod';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const searchSchema = z.object({ request: z.uuid(), name: z.string().min(1).max(LENGTHS.name) });

// A read that writes: each request on the page is noted as read.
export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const list = await apart.read(locals.db, params.slug);
	const { data: search } = searchSchema.safeParse(Object.fromEntries(url.searchParams));
	return {
		...list,
		sectors: await directory.sectors(),
		search: search && {
			...search,
			found: await apart.find(locals.db, search.request, search.name)
		}
	};
});

export const actions = {
	accept: action(acceptSchema, async ({ request, person }, event: RequestEvent) => {
		await apart.accept(event.locals.db, request, person);
		back(event, 'apart_done_accepted');
	}),
	decline: action(requestSchema, async ({ request }, event: RequestEvent) => {
		await apart.decline(event.locals.db, request);
		back(event, 'apart_done_declined');
	})
} satisfies Actions;
