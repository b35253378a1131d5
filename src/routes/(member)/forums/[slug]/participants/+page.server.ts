import * as directory from '$lib/directory/data.server';
import { found, page } from '$lib/platform/http/load.server';
import * as visibility from '$lib/visibility/data.server';
import { z } from 'zod';
import type { PageServerLoadEvent } from './$types';

const place = z.uuid().nullable().catch(null);

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const after = place.parse(url.searchParams.get('after'));
	const list = found(await visibility.participants(locals.db, params.slug, after));
	return { ...list, after, sectors: await directory.sectors() };
});
