import { m } from '../text/i18n/paraglide/messages';
import { extractLocaleFromUrl } from '../text/i18n/paraglide/runtime';

// The same as that of pages, without what only Kit needs.
const policy =
	"default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The answer to a form that another site sent, or a browser that hides where it comes from. It is a page of
 * its own, since nothing of the site may run for such a request.
 */
export function refuseForeign({ headers }: Request, url: URL): Response {
	const locale = extractLocaleFromUrl(url) === 'fr' ? 'fr' : 'en';
	const sentence = m.shared_error_foreign({}, { locale });
	const status = 403;
	if (headers.get('accept') === 'application/json') {
		return Response.json({ type: 'error', status, error: { message: sentence } }, { status });
	}
	const title = m.shared_error_foreign_title({}, { locale });
	const html = `<!doctype html>
<html lang="${locale}">
	<head>
		<meta charset="utf-8" />
		<meta name="viewport" content="width=device-width, initial-scale=1" />
		<meta name="robots" content="noindex" />
		<title>${title} · ${m.shared_site({}, { locale })}</title>
		<link rel="icon" href="/mark.svg" type="image/svg+xml" />
		<link rel="stylesheet" href="/trouble.css" />
		<script defer src="/exit.js"></script>
	</head>
	<body>
		<header>
			<a href="${locale === 'fr' ? '/fr' : '/'}">${m.shared_site({}, { locale })}</a>
			<a href="https://${locale === 'fr' ? 'meteo' : 'weather'}.gc.ca/" rel="noreferrer" data-exit>${m.shared_exit({}, { locale })}</a>
		</header>
		<main>
			<h1>${title}</h1>
			<p>${sentence}</p>
			<p><a href="${url.pathname}">${m.shared_error_foreign_back({}, { locale })}</a></p>
		</main>
	</body>
</html>
`;
	return new Response(html, {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'content-security-policy': policy
		}
	});
}
