import { Constants, type Enums } from '$lib/platform/db/types';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale, type Locale } from '$lib/platform/text/i18n/paraglide/runtime';
import { inWords } from '$lib/platform/text/lists';

export type Province = Enums<'province'>;
export type Sector = Enums<'sector'>;
type Words = (inputs: object, options: { locale?: Locale }) => string;

// Named one by one: a name put together at run time would send every message of the site to readers.
const provinces: Record<Province, Words> = {
	AB: m.directory_province_AB,
	BC: m.directory_province_BC,
	MB: m.directory_province_MB,
	NB: m.directory_province_NB,
	NL: m.directory_province_NL,
	NS: m.directory_province_NS,
	NT: m.directory_province_NT,
	NU: m.directory_province_NU,
	ON: m.directory_province_ON,
	PE: m.directory_province_PE,
	QC: m.directory_province_QC,
	SK: m.directory_province_SK,
	YT: m.directory_province_YT
};
const inside: Record<Province, Words> = {
	AB: m.directory_in_province_AB,
	BC: m.directory_in_province_BC,
	MB: m.directory_in_province_MB,
	NB: m.directory_in_province_NB,
	NL: m.directory_in_province_NL,
	NS: m.directory_in_province_NS,
	NT: m.directory_in_province_NT,
	NU: m.directory_in_province_NU,
	ON: m.directory_in_province_ON,
	PE: m.directory_in_province_PE,
	QC: m.directory_in_province_QC,
	SK: m.directory_in_province_SK,
	YT: m.directory_in_province_YT
};

const sectors: Record<Sector, Words> = {
	ngo: m.directory_sector_ngo,
	service_provider: m.directory_sector_service_provider,
	grassroots: m.directory_sector_grassroots,
	academic: m.directory_sector_academic,
	government: m.directory_sector_government,
	law_enforcement: m.directory_sector_law_enforcement,
	legal: m.directory_sector_legal,
	lived_experience: m.directory_sector_lived_experience
};

/** "Manitoba", "Québec". */
export function provinceName(code: Province, locale: Locale = getLocale()): string {
	return provinces[code]({}, { locale });
}

/** "Manitoba, Ontario and Quebec", in the order given. */
export function provinceList(codes: readonly Province[], locale: Locale = getLocale()): string {
	const names = codes.map((code) => provinceName(code, locale));
	return inWords(names, locale);
}

/** "in Manitoba", "au Québec". */
export function inProvince(code: Province, locale: Locale = getLocale()): string {
	return inside[code]({}, { locale });
}

/** All codes by name in that language, accents folded: Î sorts with I. */
export function provincesInOrder(locale: Locale = getLocale()): Province[] {
	const { compare } = new Intl.Collator(`${locale}-CA`);
	return [...Constants.public.Enums.province].sort((a, b) =>
		compare(provinceName(a, locale), provinceName(b, locale))
	);
}

/** Every province and territory in the order of its name, for a select. */
export function provinceChoices(): { value: Province; label: string }[] {
	return provincesInOrder().map((value) => ({ value, label: provinceName(value) }));
}

/** "Service provider", "Prestataire de services". */
export function sectorName(sector: Sector, locale: Locale = getLocale()): string {
	return sectors[sector]({}, { locale });
}

/** "service provider": as it is written inside a sentence. None of the names begins with a name. */
export function sectorInside(sector: Sector, locale: Locale = getLocale()): string {
	const name = sectorName(sector, locale);
	return name.charAt(0).toLocaleLowerCase(locale) + name.slice(1);
}

/** "Service provider, legal practice and law enforcement": a list of its own, in the order given. */
export function sectorList(sectors: readonly Sector[], locale: Locale = getLocale()): string {
	const names = sectors.map((sector, index) =>
		index === 0 ? sectorName(sector, locale) : sectorInside(sector, locale)
	);
	return inWords(names, locale);
}

/** Every sector in its usual order, for a select or a group of choices. */
export function sectorChoices(): { value: Sector; label: string }[] {
	return Constants.public.Enums.sector.map((value) => ({ value, label: sectorName(value) }));
}

/** The names of organizations in the reader's language, in its order. */
export function organizationNames(organizations: { name_en: string; name_fr: string }[]): string[] {
	const names = organizations.map((organization) => pair(organization, 'name'));
	return names.sort(new Intl.Collator(`${getLocale()}-CA`).compare);
}
