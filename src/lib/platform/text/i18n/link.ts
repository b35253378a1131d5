import { localizeHref, type Locale } from './paraglide/runtime';

/**
 * The address of a page in the reader's language.
 * @param path a path of this site without a language, query and fragment allowed: `/forums/2027#day`
 * @param locale another language than the reader's, for a link that changes it
 */
export function link(path: `/${string}`, locale?: Locale): string {
	return localizeHref(path, locale ? { locale } : undefined);
}
