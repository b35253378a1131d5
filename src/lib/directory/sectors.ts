import { Constants, type Enums } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale, type Locale } from '$lib/platform/text/i18n/paraglide/runtime';
import { inWords } from '$lib/platform/text/lists';

export type Sector = Enums<'sector'>;
type Words = (inputs: object, options: { locale?: Locale }) => string;

// Named one by one: a name put together at run time would send every message of the site to readers.
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

/** "Service provider", "Prestataire de services". */
export function sectorName(sector: Sector, locale: Locale = getLocale()): string {
	return sectors[sector]({}, { locale });
}

/** "service provider": as it stands inside a sentence. None of the names begins with a name. */
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
