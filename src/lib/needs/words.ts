import type { ActWords } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { GROUPS, type Group, type Need } from './rules';

const kinds: Record<Need, () => string> = {
	step_free: m.needs_kind_step_free,
	captions: m.needs_kind_captions,
	large_print: m.needs_kind_large_print,
	quiet_room: m.needs_kind_quiet_room,
	vegetarian: m.needs_kind_vegetarian,
	vegan: m.needs_kind_vegan,
	halal: m.needs_kind_halal,
	kosher: m.needs_kind_kosher,
	gluten_free: m.needs_kind_gluten_free,
	lactose_free: m.needs_kind_lactose_free,
	allergy: m.needs_kind_allergy,
	asl: m.needs_kind_asl,
	lsq: m.needs_kind_lsq,
	other_language: m.needs_kind_other_language,
	childcare: m.needs_kind_childcare,
	travel_safety: m.needs_kind_travel_safety,
	call: m.needs_kind_call
};

const groups: Record<Group, () => string> = {
	access: m.needs_group_access,
	diet: m.needs_group_diet,
	interpretation: m.needs_group_interpretation,
	other: m.needs_group_other
};

const helps: Partial<Record<Need, () => string>> = {
	allergy: m.needs_help_allergy,
	call: m.needs_help_call
};

/** "Vegetarian meals". */
export function needName(kind: Need): string {
	return kinds[kind]();
}

/** The questions of the form: a group, and what it offers. */
export function questions() {
	return (Object.keys(GROUPS) as Group[]).map((group) => ({
		name: group,
		legend: groups[group](),
		options: GROUPS[group].map((value) => ({
			value,
			label: needName(value),
			help: helps[value as Need]?.()
		}))
	}));
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	read_needs: () => m.needs_act_read_needs(),
	save_provided: () => m.needs_act_save_provided()
};
