import { getLocale, type Locale } from './i18n/paraglide/runtime';

const formats = new Map<Locale, Intl.ListFormat>();

/** "A, B and C", "A, B et C". */
export function inWords(names: string[], locale: Locale = getLocale()): string {
	let format = formats.get(locale);
	if (!format) {
		format = new Intl.ListFormat(`${locale}-CA`, { type: 'conjunction' });
		formats.set(locale, format);
	}
	return format.format(names);
}

/** With a capital, as a name is written that begins a line. */
export function capitalized(words: string, locale: Locale = getLocale()): string {
	return words.charAt(0).toLocaleUpperCase(`${locale}-CA`) + words.slice(1);
}

/** "Shelter, Halifax · Online": what is known of something, in one line. The dot never begins a line. */
export function inLine(parts: (string | number | boolean | null | undefined)[]): string {
	return parts.filter((part) => typeof part === 'string' && part !== '').join('\u00a0· ');
}
