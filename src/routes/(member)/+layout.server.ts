import { error, redirect } from '@sveltejs/kit';
import { domains } from '$lib/domains';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { page } from '$lib/platform/http/load.server';
import type { LayoutServerLoadEvent } from './$types';

const beforeProfile = new Set(domains.flatMap((domain) => domain.beforeProfile ?? []));

export const load = page(async ({ locals, route, url }: LayoutServerLoadEvent) => {
	if (locals.silent) error(503, m.shared_error_503_text());
	if (!locals.account) redirect(303, link('/sign-in'));
	if (!locals.person && !beforeProfile.has(route.id)) {
		redirect(303, `${link('/account')}?next=${encodeURIComponent(url.pathname + url.search)}`);
	}
});
