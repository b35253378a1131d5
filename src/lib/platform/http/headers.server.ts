import { dev } from '$app/environment';
import {
	error,
	isHttpError,
	isRedirect,
	redirect,
	type Handle,
	type RequestEvent
} from '@sveltejs/kit';
import { m } from '../text/i18n/paraglide/messages';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Sets security headers on every response and redirects other names of this computer to ORIGIN. */
export const headers: Handle = async ({ event, resolve }) => {
	const response = await asResponse(() => {
		refuseForeign(event);
		return resolve(event);
	});
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('x-frame-options', 'DENY');
	response.headers.set('cross-origin-opener-policy', 'same-origin');
	response.headers.set('cross-origin-resource-policy', 'same-origin');
	response.headers.set(
		'permissions-policy',
		'camera=(), geolocation=(), microphone=(), payment=()'
	);
	// Not "no-referrer": browsers then send a form's origin as null, and `refuseForeign` refuses it.
	response.headers.set('referrer-policy', 'same-origin');
	if (event.url.protocol === 'https:') {
		response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
	}
	return response;
};

function refuseForeign({ request, url }: RequestEvent): void {
	// Somebody who typed 127.0.0.1 for localhost would be refused by every form.
	const typed = request.headers.get('host') ?? url.host;
	if (!dev && typed !== url.host && LOOPBACK.test(typed) && LOOPBACK.test(url.host)) {
		redirect(307, url.href);
	}
	// A path that begins with two slashes names another site as soon as a link holds it.
	if (/^\/[/\\]/.test(url.pathname)) error(404, 'Not found');
	// Kit compares origins for forms only; here every unsafe request has to come from this site.
	if (!SAFE.has(request.method) && request.headers.get('origin') !== url.origin) {
		const said = (['en', 'fr'] as const).map((locale) => m.shared_error_foreign({}, { locale }));
		error(403, said.join('\n\n'));
	}
}

// Errors and redirects that later handles throw would skip the headers; as responses they get them too.
async function asResponse(work: () => Response | Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (thrown) {
		if (isHttpError(thrown)) return new Response(thrown.body.message, { status: thrown.status });
		if (!isRedirect(thrown)) throw thrown;
		const { status, location } = thrown;
		return new Response(null, { status, headers: { location, 'cache-control': 'no-store' } });
	}
}
