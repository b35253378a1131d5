import { describe, expect, test } from 'vitest';
import {
	inProvince,
	provinceList,
	provinceName,
	provincesInOrder,
	sectorField,
	sectorList,
	sectorName,
	type Sector
} from '$lib/directory/words';
import { Constants } from '$lib/platform/db/types';

const { province } = Constants.public.Enums;

const row = (sector: string, name_en: string, name_fr: string, about: Partial<Sector> = {}) => ({
	sector,
	name_en,
	name_fr,
	counts_as_government: false,
	added_at: null,
	retired_at: null,
	...about
});
const sectors: Sector[] = [
	row('youth', 'youth', 'jeunesse'),
	row('indigenous', 'Indigenous organization', 'organisme autochtone'),
	row('church', 'church', 'église', { retired_at: '2027-01-01T00:00:00Z' }),
	row('government', 'government', 'gouvernement', { counts_as_government: true }),
	row('undisclosed', 'prefer not to say', 'préfère ne pas répondre', { counts_as_government: true })
];

describe.each(['en', 'fr'] as const)('names in %s', (locale) => {
	test('each province and territory has its own, alone and in a sentence', () => {
		const names = province.map((code) => provinceName(code, locale));
		expect(new Set(names).size).toBe(13);
		for (const code of province) {
			expect(inProvince(code, locale)).toMatch(/^(in|en|au|dans|à) /u);
			expect(inProvince(code, locale)).toContain(provinceName(code, locale).split(' ')[0]);
		}
	});

	test('the order holds each province once', () => {
		expect([...provincesInOrder(locale)].sort()).toEqual([...province].sort());
	});
});

test('lists end in “and”', () => {
	expect(provinceList(['MB', 'ON', 'QC'], 'en')).toMatch(/^Manitoba, Ontario,? and Quebec$/);
	expect(provinceList(['MB', 'QC'], 'fr')).toBe('Manitoba et Québec');
});

describe('sectors', () => {
	test('alone a name begins large, inside a sentence it is as written', () => {
		expect(sectorName(sectors, 'church', 'fr')).toBe('Église');
		expect(sectorName(sectors, 'indigenous', 'fr')).toBe('Organisme autochtone');
		expect(sectorList(sectors, ['indigenous', 'youth'], 'en')).toBe(
			'youth and Indigenous organization'
		);
		expect(sectorList(sectors, ['indigenous', 'youth'], 'fr')).toBe(
			'jeunesse et organisme autochtone'
		);
	});

	test('a code that is not known yet stays one, and is left out of a list', () => {
		expect(sectorName(sectors, 'brand_new', 'en')).toBe('brand_new');
		expect(sectorList(sectors, ['brand_new', 'youth'], 'en')).toBe('youth');
	});

	test('a retired one is offered to those who have it, and to nobody else', () => {
		const offered = (current?: string) =>
			sectorField(sectors, current).options.map(({ value }) => value);
		expect(offered()).toEqual(['youth', 'indigenous', 'government', 'undisclosed']);
		expect(offered('church')).toEqual(sectors.map(({ sector }) => sector));
	});

	test('a choice says what it closes, and that saying none closes as much', () => {
		const { help } = sectorField(sectors);
		expect(help).toContain('only an organizer can change it afterwards: government.');
		expect(help).toContain('also closed to you if you choose “Prefer not to say”');
		const without = sectors.filter(({ sector }) => sector !== 'undisclosed');
		expect(sectorField(without).help).not.toContain('Prefer');
	});
});

test('the order is that of the language, accents folded', () => {
	expect(provincesInOrder('en').slice(5, 10)).toEqual(['NT', 'NS', 'NU', 'ON', 'PE']);
	// Colombie-Britannique, Île-du-Prince-Édouard, Manitoba
	expect(provincesInOrder('fr').slice(0, 4)).toEqual(['AB', 'BC', 'PE', 'MB']);
});
