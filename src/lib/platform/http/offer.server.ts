import type { RequestEvent } from '@sveltejs/kit';
import { extractLocaleFromHeader, getLocale, type Locale } from '../text/i18n/paraglide/runtime';
import { hasSession } from '../db/session.server';

/**
 * The other language, when it is to be offered on this page: a visitor comes from elsewhere with a browser
 * that prefers it. On the site's own links nothing is offered again, and nothing has to be remembered.
 */
export function offeredLanguage(event: RequestEvent): Locale | null {
	const { headers } = event.request;
	if (headers.get('sec-fetch-site') === 'same-origin' || hasSession(event)) return null;
	const preferred = extractLocaleFromHeader(event.request);
	return preferred && preferred !== getLocale() ? preferred : null;
}
