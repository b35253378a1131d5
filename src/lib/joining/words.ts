import type { ActWords } from '$lib/platform/domain';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { pair } from '$lib/platform/text/i18n/pair';
import { capitalized, inWords } from '$lib/platform/text/lists';
import type { Help } from './rules';
import type { JoiningPage } from './schema';

const helps: Record<Help, () => string> = {
	program: m.joining_help_program,
	interpretation: m.joining_help_interpretation,
	notes: m.joining_help_notes,
	welcome: m.joining_help_welcome,
	outreach: m.joining_help_outreach,
	other: m.joining_help_other
};

/** What one can help with, as the form offers it. */
export function helpOptions() {
	return Constants.public.Enums.help.map((value) => ({
		value,
		label: capitalized(helps[value]())
	}));
}

/** "Program, notes and welcome on the day". */
export function helpWords(help: Help[]): string {
	return capitalized(inWords(help.map((one) => helps[one]())));
}

/** The committees that a person may ask for; those closed to them say so and cannot be chosen. */
export function committeeOptions(committees: JoiningPage['committees'], government: boolean) {
	return committees
		.filter(({ mine }) => !mine)
		.map((committee) => {
			const closed = committee.closed_to_government && government;
			return {
				value: committee.slug,
				label: pair(committee, 'name'),
				unavailable: closed,
				help: closed ? m.joining_committee_closed() : undefined
			};
		});
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	accept_request: () => m.joining_act_accept_request(),
	accept_help: () => m.joining_act_accept_help(),
	decline_request: () => m.joining_act_decline_request(),
	decline_help: () => m.joining_act_decline_help()
};

/** What somebody may ask for: to join the network, or only a committee once approved. */
export const joiningTitle = (approved = false) =>
	approved ? m.joining_title_approved() : m.joining_title();
