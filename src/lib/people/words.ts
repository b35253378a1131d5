import type { ActWords } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** The acts of organizers about a person: "Approved", "Suspended". */
export const acts: Record<string, ActWords> = {
	approve_person: () => m.people_act_approve_person(),
	suspend_person: () => m.people_act_suspend_person(),
	restore_person: () => m.people_act_restore_person(),
	set_sector: () => m.people_act_set_sector(),
	name_organizer: () => m.people_act_name_organizer(),
	end_organizer: () => m.people_act_end_organizer(),
	add_sector: () => m.people_act_add_sector(),
	add_organization: () => m.people_act_add_organization(),
	save_sector: () => m.people_act_save_sector(),
	set_sector_counts: () => m.people_act_set_sector_counts(),
	retire_sector: () => m.people_act_retire_sector(),
	restore_sector: () => m.people_act_restore_sector()
};
