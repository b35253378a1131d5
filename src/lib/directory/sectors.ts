import { Constants, type Enums } from '$lib/shared/database.types';
import { m } from '$lib/shared/i18n/paraglide/messages';
import { getLocale, type Locale } from '$lib/shared/i18n/paraglide/runtime';

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

/** Every sector in its usual order, for a select or a group of choices. */
export function sectorChoices(): { value: Sector; label: string }[] {
	return Constants.public.Enums.sector.map((value) => ({ value, label: sectorName(value) }));
}
