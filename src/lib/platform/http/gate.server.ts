import { error, isHttpError, redirect, type Handle } from '@sveltejs/kit';
import { link } from '../text/i18n/link';
import { m } from '../text/i18n/paraglide/messages';
import { stopSignedOut } from './signedout.server';

const READS = new Set(['GET', 'HEAD']);

/**
 * Access follows the route group. Layout loads protect the pages, with a designed page for a refusal;
 * this handle protects form posts too, which run no layout load first.
 */
export const gate: Handle = async ({ event, resolve }) => {
	const { route, locals, url, request } = event;
	const organize = route.id?.startsWith('/(organize)') ?? false;
	const closed = organize || (route.id?.startsWith('/(member)') ?? false);
	if (closed && !locals.account && !locals.silent) {
		if (READS.has(request.method)) {
			redirect(303, `${link('/sign-in')}?next=${encodeURIComponent(url.pathname + url.search)}`);
		}
		return signedOut(event);
	}
	if (organize && !READS.has(request.method)) {
		await locals.identify();
		if (!locals.account && !locals.silent) return signedOut(event);
		if (!locals.person?.organizer && !locals.silent) error(404, m.shared_error_404());
	}
	return resolve(event);
};

// As an action answers a form that script has sent.
function signedOut(event: Parameters<typeof stopSignedOut>[0]): Response {
	try {
		return stopSignedOut(event);
	} catch (thrown) {
		if (!isHttpError(thrown)) throw thrown;
		const { status, body } = thrown;
		return Response.json({ type: 'error', status, error: body }, { status });
	}
}
