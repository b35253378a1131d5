import { baseLocale, getLocale, type Locale } from './paraglide/runtime';

/**
 * The address of a page in the reader's language. Paraglide's `localizeHref` gives the same and parses
 * two addresses for it, which a page with a hundred links notices.
 * @param path a path of this site without a language, query and fragment allowed: `/forums/2027#day`
 * @param locale another language than the reader's, for a link that changes it
 */
export function link(path: `/${string}`, locale: Locale = getLocale()): string {
	if (locale === baseLocale) return path;
	return `/${locale}${/^\/($|[?#])/.test(path) ? path.slice(1) : path}`;
}
