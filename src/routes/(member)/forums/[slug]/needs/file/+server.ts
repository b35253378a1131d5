import * as exports_ from '$lib/exports/data.server';
import { needsFileSchema } from '$lib/exports/schema';
import { needsSheet } from '$lib/exports/view.server';
import { endpoint } from '$lib/platform/http/endpoint.server';
import { fileOf } from '$lib/platform/http/file.server';
import type { RequestEvent } from './$types';

/** Outside of the organizers' side: a needs reader need not be an organizer. */
export const POST = endpoint(needsFileSchema, async ({ format }, event: RequestEvent) => {
	const { slug } = event.params;
	const file = await exports_.needs(event.locals.db, slug);
	return fileOf(needsSheet(file), `needs-${slug}`, format);
});
