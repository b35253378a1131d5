import { describe, expect, test } from 'vitest';
import { forumLines } from '../../src/lib/fees/gathered';
import { actsOn, centsOf, STATES } from '../../src/lib/fees/rules';
import { categorySchema, markSchema } from '../../src/lib/fees/schema';
import { feesSentence, feeWords } from '../../src/lib/fees/words';
import { check } from '../../src/lib/platform/http/input.server';
import { dollars, dollarsTyped } from '../../src/lib/platform/text/figures';
import { inLanguage } from '../../src/lib/platform/text/i18n/language.server';

const id = '4a8f6a6e-5c1c-4b33-9d8e-0b9a4f6f1a11';
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('an amount', () => {
	test.each([
		['150', 15_000],
		['0', 0],
		['99.5', 9_950],
		['99,50', 9_950],
		[' 1 250,50 $ ', 125_050],
		['$1,250.50', 125_050],
		['1,500', 150_000],
		['1\u202f500', 150_000],
		['', null],
		['-5', null],
		['1.500', null],
		['12,3456', null],
		['1e9', null],
		['free', null],
		['9'.repeat(60), 10 ** 42]
	])('that somebody types as %j is read in cents', (typed, cents) => {
		const read = centsOf(typed);
		if (cents !== 10 ** 42) expect(read).toBe(cents);
		else expect(read).toBeGreaterThan(1_000_000);
	});

	test('is written in both languages, with cents only where there are some', () => {
		expect(dollars(15_000)).toBe('$150');
		expect(dollars(123_450)).toBe('$1,234.50');
		inLanguage('fr', () => {
			expect(plain(dollars(15_000))).toBe('150 $');
			expect(plain(dollars(123_450))).toBe('1 234,50 $');
			expect(centsOf(dollarsTyped(123_450))).toBe(123_450);
		});
		expect(centsOf(dollarsTyped(123_450))).toBe(123_450);
	});

	test('of a category is 0 to 10,000 dollars, and each of its texts is there in both languages', () => {
		const names = { name_en: 'Member', name_fr: 'Membre', about_en: '', about_fr: '' };
		const typed = { category: '', version: '1', ...names, amount: '150' };
		expect(check(categorySchema, typed).input).toMatchObject({ amount: 15_000 });
		for (const amount of ['', '-1', '10000.01', 'many']) {
			expect(check(categorySchema, { ...typed, amount }).errors).toHaveProperty('amount');
		}
		const half = { ...typed, about_fr: 'Études' };
		expect(Object.keys(check(categorySchema, half).errors ?? {})).toEqual(['about_en']);
		expect(check(categorySchema, { ...typed, name_fr: ' ' }).errors).toHaveProperty('name_fr');
	});
});

const category = {
	...{ category_id: id, name_en: 'Member', name_fr: 'Membre', about_en: '', about_fr: '' },
	amount: 15_000
};

test('each state has a sentence of its own in both languages', () => {
	const said = (state: (typeof STATES)[number]) =>
		plain(feeWords({ ...category, state, paid_on: '2027-11-03' }));
	expect(said('due')).toBe('Member: $150, not yet paid.');
	expect(said('paid')).toBe('Member: $150, paid on November 3, 2027.');
	const others = STATES.filter((state) => state !== 'unchosen');
	expect(new Set(others.map(said)).size).toBe(others.length);
	expect(feeWords(null)).toBe('You have not chosen a category yet.');
	inLanguage('fr', () => {
		expect(said('due')).toBe('Membre : 150 $, pas encore payés.');
		expect(new Set(others.map(said)).size).toBe(others.length);
	});
});

test('what a forum costs is one sentence', () => {
	const free = { ...category, name_en: 'Student', amount: 0 };
	expect(feesSentence({ categories: [category, free], note_en: '', note_fr: '' })).toMatch(
		/^Fees: Member \(\$150\) and Student \(free\)\./
	);
});

test('what is paid has a day, all else a reason, and each is for the list where it changes something', () => {
	const marked = { forum: id, registration: [id], act: 'paid', paid_on: '2027-11-03', reason: '' };
	expect(check(markSchema, marked).errors).toBeUndefined();
	expect(check(markSchema, { ...marked, paid_on: '' }).errors).toHaveProperty('paid_on');
	expect(check(markSchema, { ...marked, registration: [] }).errors).toHaveProperty('registration');
	expect(check(markSchema, { ...marked, act: 'waived' }).errors).toHaveProperty('reason');
	const back = { ...marked, act: 'due', paid_on: '', reason: 'A mistake' };
	expect(check(markSchema, back).errors).toBeUndefined();
	expect(actsOn('due')).toEqual(['paid', 'waived']);
	expect(actsOn('refund')).toEqual(['due']);
	expect(actsOn('unchosen')).toEqual([]);
});

test('organizers find the way to the fees of a forum with registration, also where there are none', () => {
	const row = (categories: number, due: number, opens: string | null = '2027-01-01T00:00:00Z') =>
		forumLines({ slug: 'winnipeg', registration_opens_at: opens, fees: { categories, due } });
	expect(row(3, 1)).toEqual([
		{
			text: 'Fees: 3 categories',
			path: '/organize/forums/winnipeg/fees',
			note: '1 person has not paid'
		}
	]);
	expect(row(0, 0)).toMatchObject([{ text: 'Fees: none' }]);
	expect(row(0, 0, null)).toEqual([]);
});
