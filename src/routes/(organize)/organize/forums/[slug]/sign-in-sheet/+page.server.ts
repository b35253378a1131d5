import { z } from 'zod';
import * as checkins from '$lib/checkins/data.server';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

const place = z.uuid().nullable().catch(null);

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) =>
	found(await checkins.sheet(locals.db, params.slug, place.parse(url.searchParams.get('after'))))
);
