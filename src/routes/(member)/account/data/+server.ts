import { json } from '@sveltejs/kit';
import * as privacy from '$lib/privacy/data.server';
import { page } from '$lib/platform/http/load.server';
import type { RequestEvent } from './$types';

/** All data about the person, as one file. */
export const GET = page(async ({ locals }: RequestEvent) =>
	json(await privacy.mine(locals.db), {
		headers: { 'content-disposition': 'attachment; filename="convergence.json"' }
	})
);
