import { error, redirect } from '@sveltejs/kit';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { page } from '$lib/platform/http/load.server';
import type { LayoutServerLoadEvent } from './$types';

// Their pages do not exist for anybody else. The first organizer becomes one with their profile.
export const load = page(async ({ locals, url }: LayoutServerLoadEvent) => {
	if (locals.silent) error(503, m.shared_error_503_text());
	if (locals.account && !locals.person && !locals.suspended) {
		redirect(303, `${link('/account')}?next=${encodeURIComponent(url.pathname + url.search)}`);
	}
	if (!locals.person?.organizer) error(404, m.shared_error_404_text());
});
