import { getLocale } from './i18n/paraglide/runtime';

/** "10,000", "10 000": a number as the reader's language groups it. */
export function figure(number: number): string {
	return number.toLocaleString(`${getLocale()}-CA`);
}
