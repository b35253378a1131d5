import * as needs from '$lib/needs/data.server';
import { page } from '$lib/platform/http/load.server';
import { z } from 'zod';
import type { PageServerLoadEvent } from './$types';

const place = z.uuid().nullable().catch(null);

// A read that writes: each person on the page is noted as read.
export const load = page(({ locals, params, url }: PageServerLoadEvent) =>
	needs.read(locals.db, params.slug, place.parse(url.searchParams.get('after')))
);
