import { error, redirect } from '@sveltejs/kit';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { LayoutServerLoad } from './$types';

// Who has no profile yet writes it first; registering for a forum writes it as well.
const BEFORE_PROFILE = new Set(['/(member)/account', '/(member)/forums/[slug]/register']);

export const load = (async ({ locals, route }) => {
	if (locals.silent) error(503, m.shared_error_503_text());
	if (!locals.person && !BEFORE_PROFILE.has(route.id)) redirect(303, link('/account'));
}) satisfies LayoutServerLoad;
