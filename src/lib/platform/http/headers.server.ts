import { dev } from '$app/environment';
import {
	error,
	isHttpError,
	isRedirect,
	redirect,
	type Handle,
	type RequestEvent
} from '@sveltejs/kit';
import './answers.server';
import { refuseForeign } from './foreign.server';

const READS = new Set(['GET', 'HEAD']);
const SAFE = new Set([...READS, 'OPTIONS']);
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
// A name without port, as people type it: what a proxy puts there has a port or no dot.
const PUBLIC_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z\d-]+(\.[a-z\d-]+)+$/i;

/** Takes requests for ORIGIN alone: another name of this site is redirected, a foreign form refused. */
export const headers: Handle = async ({ event, resolve }) => {
	const response = await asResponse(() => {
		redirectName(event);
		// Kit compares origins for forms only; here every unsafe request has to come from this site.
		const { request, url } = event;
		const isForeign = !SAFE.has(request.method) && request.headers.get('origin') !== url.origin;
		return isForeign ? refuseForeign(request, url) : resolve(event);
	});
	if (event.url.protocol === 'https:') {
		response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
	}
	// The path of a static file that is not there is answered here, and has that file's header.
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-cache');
	return response;
};

function redirectName({ request, url, route }: RequestEvent): void {
	// A path that begins with two slashes names another site as soon as a link holds it.
	if (/^\/[/\\]/.test(url.pathname)) error(404, 'Not found');
	const typed = request.headers.get('host') ?? url.host;
	if (dev || typed === url.host || route.id === '/health') return;
	// Somebody who typed 127.0.0.1 for localhost would be refused by every form.
	if (LOOPBACK.test(typed) && LOOPBACK.test(url.host)) redirect(307, url.href);
	if (READS.has(request.method) && PUBLIC_NAME.test(typed)) redirect(307, url.href);
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
