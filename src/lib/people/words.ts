import { m } from '$lib/platform/text/i18n/paraglide/messages';

const acts: Record<string, () => string> = {
	approve_person: m.people_act_approve_person,
	suspend_person: m.people_act_suspend_person,
	restore_person: m.people_act_restore_person,
	set_sector: m.people_act_set_sector,
	name_organizer: m.people_act_name_organizer,
	end_organizer: m.people_act_end_organizer
};

/** An act of the audit about a person: "Approved", "Suspension". */
export function actWords(action: string): string {
	return (acts[action] ?? m.people_act_other)();
}
