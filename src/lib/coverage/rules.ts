import { UNDISCLOSED } from '$lib/directory/rules';
import type { Province, Sector } from '$lib/directory/words';
import { Constants } from '$lib/platform/db/types';
import type { Entry, Group } from './schema';

/** What an entry of the outreach list holds, in characters; the constraints say the same. */
export const LENGTHS = { contact: 200, asker: 80, outcome: 500 };

type About = Group['about'];

/** The groups of one kind, such as all provinces somebody comes from. */
export function groupsOf(groups: readonly Group[], about: About): Group[] {
	return groups.filter((group) => group.about === about);
}

/** The provinces, territories and sectors that nobody confirmed comes from; who waits does not count yet. */
export function missing(groups: readonly Group[], sectors: readonly Sector[]) {
	const absent = (about: About) => {
		const there = groups.filter((group) => group.about === about && group.confirmed > 0);
		const parts = new Set(there.map(({ part }) => part));
		return (part: string) => !parts.has(part);
	};
	return {
		provinces: Constants.public.Enums.province.filter(absent('province')) as Province[],
		sectors: sectors
			.filter(({ sector, retired_at }) => sector !== UNDISCLOSED && !retired_at)
			.map(({ sector }) => sector)
			.filter(absent('sector'))
	};
}

/** What an entry is about, as one field of a form: `province:NU`, `sector:youth`, or nothing. */
export function gapOf({ province, sector }: { province: string | null; sector: string | null }) {
	if (province) return `province:${province}`;
	return sector ? `sector:${sector}` : '';
}

/** An entry of the list as the fields of its form have it, and its version; null without one. */
export function fieldsOf(outreach: readonly Entry[], id: string | null) {
	const found = outreach.find(({ outreach_id }) => outreach_id === id);
	if (!found) return null;
	const { version, contact, asker, ask_by, outcome } = found;
	return { version, contact, gap: gapOf(found), asker, ask_by: ask_by ?? '', outcome };
}
