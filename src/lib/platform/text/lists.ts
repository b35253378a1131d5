import { getLocale, type Locale } from './i18n/paraglide/runtime';

/** "A, B and C", "A, B et C". */
export function inWords(names: string[], locale: Locale = getLocale()): string {
	return new Intl.ListFormat(`${locale}-CA`, { type: 'conjunction' }).format(names);
}
