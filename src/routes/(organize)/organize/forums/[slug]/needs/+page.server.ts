import * as needs from '$lib/needs/data.server';
import { providedSchema } from '$lib/needs/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) =>
	found(await needs.overview(locals.db, params.slug))
);

export const actions = {
	provided: action(
		providedSchema,
		async (provided, event: RequestEvent) => {
			await needs.saveProvided(event.locals.db, provided);
			back(event, 'needs_done_provided');
		},
		{
			id: 'provided',
			stored: async (_, { locals, params }: RequestEvent) => {
				const saved = await needs.overview(locals.db, params.slug);
				if (!saved) return null;
				const { version, provided_en, provided_fr } = saved.forum;
				return { version, provided_en, provided_fr };
			}
		}
	)
} satisfies Actions;
