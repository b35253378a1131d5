import { Constants, type Enums, type Tables } from '$lib/platform/db/types';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale, type Locale } from '$lib/platform/text/i18n/paraglide/runtime';
import { capitalized, inWords } from '$lib/platform/text/lists';
import { UNDISCLOSED } from './rules';

export type Province = Enums<'province'>;
/** A row of the sectors; its names are written as inside a sentence. */
export type Sector = Pick<
	Tables<'sectors'>,
	'sector' | 'name_en' | 'name_fr' | 'counts_as_government' | 'added_at' | 'retired_at'
>;
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

/** "Service provider", "Prestataire de services"; a code that this process does not know yet stays one. */
export function sectorName(
	sectors: readonly Sector[],
	code: string,
	locale: Locale = getLocale()
): string {
	const found = sectors.find(({ sector }) => sector === code);
	return found ? capitalized(found[`name_${locale}`], locale) : code;
}

/** "service provider, legal practice and youth": as it is written inside a sentence. */
export function sectorList(
	sectors: readonly Sector[],
	codes: readonly string[],
	locale: Locale = getLocale()
): string {
	const listed = sectors.filter(({ sector }) => codes.includes(sector));
	return inWords(
		listed.map((one) =>
			one.sector === UNDISCLOSED ? m.directory_unsaid({}, { locale }) : one[`name_${locale}`]
		),
		locale
	);
}

/** The names of all sectors that somebody can say, retired ones too, for what is past. */
export function sectorChoices(sectors: readonly Sector[]) {
	const said = sectors.filter(({ sector }) => sector !== UNDISCLOSED);
	return said.map(({ sector }) => ({ value: sector, label: sectorName(sectors, sector) }));
}

/** The sectors that are offered, in their order, and the one that somebody has; with what a choice means. */
export function sectorField(sectors: readonly Sector[], current: string | null = null) {
	const offered = sectors.filter(({ sector, retired_at }) => !retired_at || sector === current);
	const closed = offered.filter((it) => it.counts_as_government && it.sector !== UNDISCLOSED);
	const silent = offered.some(({ sector }) => sector === UNDISCLOSED);
	const codes = closed.map(({ sector }) => sector);
	return {
		options: offered.map(({ sector }) => ({ value: sector, label: sectorName(sectors, sector) })),
		help: [
			m.directory_sector_counts({ sectors: sectorList(sectors, codes) }),
			...(silent ? [m.directory_sector_silent({ name: sectorName(sectors, UNDISCLOSED) })] : [])
		].join(' ')
	};
}
export type SectorField = ReturnType<typeof sectorField>;

/** The names of organizations in the reader's language, in its order. */
export function organizationNames(organizations: { name_en: string; name_fr: string }[]): string[] {
	const names = organizations.map((organization) => pair(organization, 'name'));
	return names.sort(new Intl.Collator(`${getLocale()}-CA`).compare);
}
