import { getLocale } from './i18n/paraglide/runtime';

/** "10,000", "10 000": a number as the reader's language groups it. */
export function figure(number: number): string {
	return number.toLocaleString(`${getLocale()}-CA`);
}

/** "67%", "67 %": a share from 0 to 1. */
export function percent(share: number): string {
	return share.toLocaleString(`${getLocale()}-CA`, { style: 'percent', maximumFractionDigits: 0 });
}
