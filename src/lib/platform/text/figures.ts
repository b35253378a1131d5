import { getLocale } from './i18n/paraglide/runtime';

/** "10,000", "10 000": a number as the reader's language groups it. */
export function figure(number: number): string {
	return number.toLocaleString(`${getLocale()}-CA`);
}

/** "67%", "67 %": a share from 0 to 1. */
export function percent(share: number): string {
	return share.toLocaleString(`${getLocale()}-CA`, { style: 'percent', maximumFractionDigits: 0 });
}

/** "$150", "150 $", "$1,234.50": an amount in cents of a Canadian dollar, with cents where there are some. */
export function dollars(cents: number): string {
	return (cents / 100).toLocaleString(`${getLocale()}-CA`, {
		style: 'currency',
		currency: 'CAD',
		currencyDisplay: 'narrowSymbol',
		...decimals(cents)
	});
}

/** "1234.50", "1234,50": the same as somebody types it into a field. */
export function dollarsTyped(cents: number): string {
	const options = { useGrouping: false, ...decimals(cents) };
	return (cents / 100).toLocaleString(`${getLocale()}-CA`, options);
}

function decimals(cents: number) {
	const digits = cents % 100 === 0 ? 0 : 2;
	return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}
