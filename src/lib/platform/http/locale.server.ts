import { AsyncLocalStorage } from 'node:async_hooks';
import { redirect, type Handle } from '@sveltejs/kit';
import { m } from '../text/i18n/paraglide/messages';
import {
	baseLocale,
	extractLocaleFromUrl,
	overwriteServerAsyncLocalStorage,
	type Locale
} from '../text/i18n/paraglide/runtime';

// What Paraglide's own middleware keeps. That one also makes a second Request of each, to rewrite an
// address that SvelteKit's `reroute` has rewritten already.
const storage = new AsyncLocalStorage<{ locale?: Locale; origin?: string }>();
overwriteServerAsyncLocalStorage(storage);

/** The language of the address. A prefix for English would be a second address of the same page. */
export const locale: Handle = ({ event, resolve }) => {
	const english = /^\/en(\/[^/\\].*|\/?)$/.exec(event.url.pathname);
	if (english) redirect(308, (english[1] || '/') + event.url.search);
	const locale = extractLocaleFromUrl(event.url) ?? baseLocale;
	return storage.run({ locale, origin: event.url.origin }, () =>
		resolve(event, {
			transformPageChunk: ({ html }) =>
				html
					.replace('%lang%"', `${locale}"${running(event.locals)}${draftWords(event.locals)}`)
					.replace('%drafts%', event.locals.account ? draftScript : '')
		})
	);
};

// Drafts are for people who are signed in; visitors have no form to lose.
const draftScript = '<script defer src="/drafts.js"></script>';

function draftWords({ account }: App.Locals): string {
	if (!account) return '';
	return ` data-draft="${m.shared_draft()}" data-draft-clear="${m.shared_draft_clear()}"`;
}

// A variable of the root is the one way for a page to reach the margins of paper.
function running({ running }: App.Locals): string {
	if (!running) return '';
	const text = running.replace(
		/[^\p{L}\p{N} ,.·()-]/gu,
		(sign) => `\\${sign.codePointAt(0)!.toString(16)} `
	);
	return ` style="--running: '${text}'"`;
}
