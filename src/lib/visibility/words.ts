import { UNDISCLOSED } from '$lib/directory/rules';
import { sectorName, type Sector } from '$lib/directory/words';
import { inLine } from '$lib/platform/text/lists';
import type { ActWords } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { GOVERNMENT } from './rules';
import type { Entry, Participants, State } from './schema';

const audiences = {
	nobody: m.visibility_is_nobody,
	participants: m.visibility_is_participants,
	participants_except: m.visibility_is_participants_except
};

const statuses: Record<Participants['status'], () => string> = {
	open: m.visibility_list,
	off: m.visibility_list_off,
	closed: m.visibility_list_closed,
	not_confirmed: m.visibility_list_not_confirmed,
	not_approved: m.visibility_list_not_approved
};

/** What a person chose, and whether their spot is confirmed and their account approved. */
export type Seen = State & { confirmed: boolean; approved: boolean };

/** Who sees a person now: what they chose, or what keeps it from applying. */
export function seenWords({ audience, list, confirmed, approved }: Seen): string {
	if (list === 'closed') return m.visibility_is_closed();
	if (list === 'off') return m.visibility_is_off();
	if (audience === 'nobody') return m.visibility_is_nobody();
	if (!confirmed) return m.visibility_is_not_confirmed();
	return approved ? audiences[audience]() : m.visibility_is_not_approved();
}

/** "Only people with a confirmed spot …": why the list shows nobody to the reader. */
export function whyNoList(status: Participants['status']): string {
	return statuses[status]();
}

/** The three answers. */
export function audienceChoices() {
	return [
		{
			value: 'nobody',
			label: m.visibility_audience_nobody(),
			help: m.visibility_audience_nobody_help()
		},
		{
			value: 'participants',
			label: m.visibility_audience_participants(),
			help: m.visibility_audience_participants_help()
		},
		{
			value: 'participants_except',
			label: m.visibility_audience_except(),
			help: m.visibility_audience_except_help()
		}
	];
}

/** Whom one can leave out: government and police together, then each sector, retired ones too. */
export function exceptChoices(sectors: readonly Sector[]) {
	const government = {
		value: GOVERNMENT,
		label: m.visibility_except_government(),
		help: m.visibility_except_government_help()
	};
	const said = sectors.filter(({ sector }) => sector !== UNDISCLOSED);
	return [
		government,
		...said.map(({ sector }) => ({ value: sector, label: sectorName(sectors, sector), help: '' }))
	];
}

/** "Sample Shelter, Halifax · Service provider": what the list shows beside a name. */
export function besideName(
	{ organization_name, sector }: Pick<Entry, 'organization_name' | 'sector'>,
	sectors: readonly Sector[]
): string {
	return inLine([organization_name, sector && sectorName(sectors, sector)]);
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	show_participant_list: () => m.visibility_act_show_participant_list(),
	hide_participant_list: () => m.visibility_act_hide_participant_list()
};
