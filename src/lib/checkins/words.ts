import type { ActWords } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	add_walk_in: () => m.checkins_act_walk_in(),
	check_in_list: () => m.checkins_act_list(),
	undo_check_in: () => m.checkins_act_undo()
};
