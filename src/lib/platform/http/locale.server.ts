import { redirect, type Handle } from '@sveltejs/kit';
import { paraglideMiddleware } from '../text/i18n/paraglide/server';

/** The language of the address. A prefix for English would be a second address of the same page. */
export const locale: Handle = ({ event, resolve }) => {
	const english = /^\/en(\/[^/\\].*|\/?)$/.exec(event.url.pathname);
	if (english) redirect(308, (english[1] || '/') + event.url.search);
	return paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = request;
		return resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locale)
		});
	});
};
