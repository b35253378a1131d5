import type { Enums } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const progress: Record<Enums<'progress'>, () => string> = {
	open: m.priorities_progress_open,
	under_way: m.priorities_progress_under_way,
	delivered: m.priorities_progress_delivered
};
const stages: Record<Enums<'progress'>, () => string> = {
	open: m.priorities_stage_open,
	under_way: m.priorities_stage_under_way,
	delivered: m.priorities_stage_delivered
};
const relations: Record<Enums<'relation'>, () => string> = {
	carried: m.priorities_relation_carried,
	extended: m.priorities_relation_extended,
	reframed: m.priorities_relation_reframed,
	partial: m.priorities_relation_partial,
	dropped: m.priorities_relation_dropped
};

/** "Under way", "En cours". */
export function progressName(of: Enums<'progress'>): string {
	return progress[of]();
}

/** The same as a sentence: "It is still open." */
export function stageSentence(of: Enums<'progress'>): string {
	return stages[of]();
}

/** How a later priority took up an earlier one: "Carried in part". */
export function relationName(of: Enums<'relation'>): string {
	return relations[of]();
}
