import { describe, expect, test } from 'vitest';
import {
	inProvince,
	provinceList,
	provinceName,
	provincesInOrder,
	sectorInside,
	sectorList,
	sectorName
} from '$lib/directory/words';
import { Constants } from '$lib/platform/db/types';

const { province, sector } = Constants.public.Enums;

describe.each(['en', 'fr'] as const)('names in %s', (locale) => {
	test('each province and territory has its own, alone and in a sentence', () => {
		const names = province.map((code) => provinceName(code, locale));
		expect(new Set(names).size).toBe(13);
		for (const code of province) {
			expect(inProvince(code, locale)).toMatch(/^(in|en|au|dans|à) /u);
			expect(inProvince(code, locale)).toContain(provinceName(code, locale).split(' ')[0]);
		}
	});

	test('each sector has its own', () => {
		expect(new Set(sector.map((key) => sectorName(key, locale))).size).toBe(sector.length);
	});

	test('the order holds each province once', () => {
		expect([...provincesInOrder(locale)].sort()).toEqual([...province].sort());
	});
});

test('lists end in “and”, and a sentence keeps its small emails', () => {
	expect(provinceList(['MB', 'ON', 'QC'], 'en')).toMatch(/^Manitoba, Ontario,? and Quebec$/);
	expect(provinceList(['MB', 'QC'], 'fr')).toBe('Manitoba et Québec');
	expect(sectorList(['ngo', 'legal'], 'en')).toBe(
		'Non-governmental organization and legal practice'
	);
	expect(sectorInside('academic', 'fr')).toMatch(/^[a-zé]/);
});

test('the order is that of the language, accents folded', () => {
	expect(provincesInOrder('en').slice(5, 10)).toEqual(['NT', 'NS', 'NU', 'ON', 'PE']);
	// Colombie-Britannique, Île-du-Prince-Édouard, Manitoba
	expect(provincesInOrder('fr').slice(0, 4)).toEqual(['AB', 'BC', 'PE', 'MB']);
});
