import { error } from '@sveltejs/kit';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { LayoutServerLoad } from './$types';

// The organizers' pages does not tell those whom it does not serve that it exists.
export const load = (async ({ locals }) => {
	if (locals.silent) error(503, m.shared_error_503_text());
	if (!locals.person?.organizer) error(404, m.shared_error_404_text());
}) satisfies LayoutServerLoad;
