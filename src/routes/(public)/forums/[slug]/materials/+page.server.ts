import * as materials from '$lib/materials/data.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, account }, params }: PageServerLoadEvent) => ({
	...found(await materials.list(db, params.slug)),
	signedIn: account !== null
}));
