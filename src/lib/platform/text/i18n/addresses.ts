import { link } from './link';
import { deLocalizeHref, getLocale, localizeHref, type Locale } from './paraglide/runtime';

const tracking =
	/^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|igshid|li_fat_id|mc_[ce]id|_hs\w+|yclid)$/i;

/** The page in both languages, as whole addresses without a question: what search engines take as one page. */
export function addressesOf({ origin, pathname }: URL): Record<Locale, string> {
	const address = (locale: Locale) =>
		new URL(localizeHref(pathname, { locale }).replace(/(?<=.)\/$/, ''), origin).href;
	return { en: address('en'), fr: address('fr') };
}

/** The question of an address without what only says where somebody came from, or which form was sent. */
export function questionOf({ search, searchParams }: URL): string {
	if (search.startsWith('?/')) return '';
	const left = [...searchParams].filter(([name]) => !tracking.test(name));
	return left.length > 0 ? `?${new URLSearchParams(left)}` : '';
}

/** This page in the other language, for the link that changes it. */
export function otherAddress(url: URL): string {
	const path = `${deLocalizeHref(url.pathname)}${questionOf(url)}` as `/${string}`;
	return link(path, getLocale() === 'fr' ? 'en' : 'fr');
}
