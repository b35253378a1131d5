import { sectorName, type Sector } from '$lib/directory/words';
import type { ActWords } from '$lib/platform/domain';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { About, ApartStatus } from './rules';
import type { Mine } from './schema';

const kinds: Record<About, () => string> = {
	person: m.apart_about_person,
	organization: m.apart_about_organization,
	sector: m.apart_about_sector
};
const statuses: Record<ApartStatus, () => string> = {
	waiting: m.apart_status_waiting,
	apart: m.apart_status_apart,
	declined: m.apart_status_declined
};

const listStatuses: Record<ApartStatus, () => string> = {
	waiting: m.apart_list_waiting,
	apart: m.apart_list_apart,
	declined: m.apart_list_declined
};

/** The choices of the form. */
export function aboutChoices() {
	return (Object.keys(kinds) as About[]).map((value) => ({ value, label: kinds[value]() }));
}

/** "A person", "Organization: …", "Sector: …". */
export function aboutWords(
	request: Pick<
		Mine['requests'][number],
		'about' | 'organization_en' | 'organization_fr' | 'sector'
	>,
	sectors: readonly Sector[]
): string {
	const { about, organization_en, organization_fr, sector } = request;
	if (about === 'sector' && sector) {
		return m.apart_named_sector({ sector: sectorName(sectors, sector) });
	}
	if (about === 'organization' && organization_en && organization_fr) {
		const names = { name_en: organization_en, name_fr: organization_fr };
		return m.apart_named_organization({ organization: pair(names, 'name') });
	}
	return kinds[about]();
}

/** What the person who asked reads of a request. */
export function statusWords(status: ApartStatus): string {
	return statuses[status]();
}

/** What a needs reader reads of it. */
export function listStatus(status: ApartStatus): string {
	return listStatuses[status]();
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = { read_apart: () => m.apart_act_read() };
