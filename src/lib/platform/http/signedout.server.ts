import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { link } from '../text/i18n/link';
import { m } from '../text/i18n/paraglide/messages';

/**
 * Stops a form whose session is over without losing what was typed. With script the form stays where it
 * is; without, a 307 sends the same fields to a page that gives them back.
 * @throws 401, or a redirect
 */
export function stopSignedOut({ request, url }: Pick<RequestEvent, 'request' | 'url'>): never {
	if (request.headers.has('x-sveltekit-action')) error(401, m.shared_signed_out());
	redirect(307, `${link('/sign-in/kept')}?to=${encodeURIComponent(url.pathname + url.search)}`);
}
