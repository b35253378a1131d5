import { expect, test } from 'vitest';
import { ALPHABET, checkOf, codeFrom, plainWord, readCode } from '../../src/lib/vouched/rules';

/** The same 40 codes in each run, over all signs. */
const codes = Array.from({ length: 40 }, (_, n) =>
	codeFrom(Array.from({ length: 15 }, (_, i) => (n * 7 + i * i * (n + 3)) % 32))
);

test('a code is four groups of four, and is read as it was made', () => {
	for (const code of codes) {
		expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
		expect(readCode(code)).toBe(code.replaceAll('-', ''));
	}
	expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
});

test('capitals, spaces and dashes make no difference; O is 0, I and L are 1', () => {
	const code = codeFrom([0, 1, 10, 0, 1, 20, 3, 4, 5, 6, 7, 8, 9, 10, 1]);
	const signs = code.replaceAll('-', '');
	expect(signs).toContain('0');
	for (const typed of [
		code.toLowerCase(),
		` ${code.replaceAll('-', ' ')} `,
		code.replaceAll('-', '–'),
		signs.replaceAll('0', 'O').replaceAll('1', 'l'),
		signs.replaceAll('0', 'o').replaceAll('1', 'I'),
		signs.replaceAll(/./g, '$&\u200b')
	]) {
		expect(readCode(typed), typed).toBe(signs);
	}
});

test('each single wrong sign is found, at each place', () => {
	for (const code of codes) {
		const signs = readCode(code)!;
		for (let place = 0; place < 16; place++) {
			for (const other of ALPHABET) {
				if (other === signs[place]) continue;
				const wrong = signs.slice(0, place) + other + signs.slice(place + 1);
				expect(readCode(wrong), wrong).toBeNull();
			}
		}
	}
});

test('two neighbours that changed places are found', () => {
	for (const code of codes) {
		const signs = readCode(code)!;
		for (let place = 0; place < 15; place++) {
			const [first, second] = [signs[place]!, signs[place + 1]!];
			if (first === second) continue;
			const swapped = signs.slice(0, place) + second + first + signs.slice(place + 2);
			expect(readCode(swapped), swapped).toBeNull();
		}
	}
});

test('what cannot be a code is none', () => {
	const [code = ''] = codes;
	for (const typed of ['', code.slice(1), `${code}0`, code.replace(/.$/, 'U'), '🙂'.repeat(16)]) {
		expect(readCode(typed), typed).toBeNull();
	}
	expect(checkOf(Array<number>(15).fill(0))).toBe(0);
});

test('a word is compared without capitals and spaces around it', () => {
	expect(plainWord('  Érable   Rouge ')).toBe('érable rouge');
	expect(plainWord('e\u0301rable')).toBe(plainWord('ÉRABLE'));
});
