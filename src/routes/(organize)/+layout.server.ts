import { error } from '@sveltejs/kit';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { page } from '$lib/platform/http/load.server';
import type { LayoutServerLoadEvent } from './$types';

// Their pages do not exist for anybody else.
export const load = page(async ({ locals }: LayoutServerLoadEvent) => {
	if (locals.silent) error(503, m.shared_error_503_text());
	if (!locals.person?.organizer) error(404, m.shared_error_404_text());
});
