import * as notes from '$lib/notes/data.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) =>
	found(await notes.mine(locals.db, params.slug))
);
