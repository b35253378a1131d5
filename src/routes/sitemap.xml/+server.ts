import { domains } from '$lib/domains';
import { visitorClient } from '$lib/platform/db/client.server';
import { page } from '$lib/platform/http/load.server';
import { addressesOf } from '$lib/platform/text/i18n/addresses';
import type { RequestHandler } from './$types';

/** The public pages that search engines may find, as the domains name them, each in both languages. */
export const GET: RequestHandler = page(async ({ url: { origin } }) => {
	// As a visitor: an organizer who opens it must not list drafts.
	const db = await visitorClient();
	const calls = domains.flatMap(({ findable = {} }) => Object.values(findable));
	const paths = (await Promise.all(calls.map((call) => call(db)))).flat();
	const entries = paths.flatMap((path) => entriesOf(addressesOf(new URL(path, origin))));
	const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`;
	return new Response(xml, {
		headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'max-age=3600' }
	});
});

function entriesOf(addresses: Record<string, string>): string[] {
	const others = Object.entries(addresses).map(
		([language, href]) => `<xhtml:link rel="alternate" hreflang="${language}" href="${href}"/>`
	);
	return Object.values(addresses).map((href) => `<url><loc>${href}</loc>${others.join('')}</url>`);
}
