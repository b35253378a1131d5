/** The signs of a code: Crockford's base 32, without I, L, O and U. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const LENGTH = 16;

/** Codes made by one form. */
export const MOST = 12;

export const WORD = { least: 6, most: 60 };

/** Twice a number of GF(32), with x^5 + x^2 + 1: the generator of all but zero. */
function doubled(value: number): number {
	const twice = value << 1;
	return twice > 31 ? twice ^ 0b100101 : twice;
}

/**
 * The last sign of a code: the sum of the 15 before it, each times another power of the generator. One wrong sign
 * changes it, and so do two neighbours that changed places.
 * @param values the numbers of the 15 signs
 */
export function checkOf(values: readonly number[]): number {
	// Horner's rule; the check itself has the power 0.
	return values.reduce((sum, value) => doubled(sum ^ value), 0);
}

/** A code from 15 random numbers below 32: `4KXM-9T2Q-7WHB-C0ZD`. */
export function codeFrom(values: readonly number[]): string {
	const signs = [...values, checkOf(values)].map((value) => ALPHABET[value]).join('');
	return signs.match(/.{4}/g)!.join('-');
}

/**
 * The 16 signs of a code as somebody typed it, in capitals: spaces and dashes are left out, O is 0, I and L are 1.
 * Null when it cannot be a code.
 */
export function readCode(typed: string): string | null {
	const signs = typed
		.normalize('NFKC')
		.toUpperCase()
		.replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '')
		.replaceAll('O', '0')
		.replaceAll(/[IL]/g, '1');
	if (signs.length !== LENGTH) return null;
	const values = [...signs].map((sign) => ALPHABET.indexOf(sign));
	if (values.includes(-1)) return null;
	return checkOf(values.slice(0, -1)) === values.at(-1) ? signs : null;
}

/** A chosen word as it is compared: capitals, accents typed in another way and spaces around it do not count. */
export function plainWord(typed: string): string {
	return typed.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
