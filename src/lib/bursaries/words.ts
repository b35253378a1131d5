import type { ActWords } from '$lib/platform/domain';
import type { Enums } from '$lib/platform/db/types';
import { date } from '$lib/platform/text/dates';
import { dollars } from '$lib/platform/text/figures';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { COSTS, type Cost } from './rules';
import type { Bursary } from './schema';

const costs: Record<Cost, () => string> = {
	travel: m.bursaries_cost_travel,
	lodging: m.bursaries_cost_lodging,
	meals: m.bursaries_cost_meals,
	care: m.bursaries_cost_care,
	fee: m.bursaries_cost_fee,
	lost_pay: m.bursaries_cost_lost_pay,
	other: m.bursaries_cost_other
};

/** The kinds of cost and their names, in the order of the form. */
export function costNames(): Record<Cost, string> {
	const names = COSTS.map((kind) => [kind, costs[kind]()] as const);
	return Object.fromEntries(names) as Record<Cost, string>;
}

const decisions: Record<Enums<'bursary_decision'>, () => string> = {
	full: m.bursaries_decision_full,
	part: m.bursaries_decision_part,
	refused: m.bursaries_decision_refused
};

/** What one can decide. */
export function decisionChoices() {
	return Object.entries(decisions).map(([value, label]) => ({ value, label: label() }));
}

/** "Part of it: $300 of $500.", as far as a request is. */
export function bursaryWords({ total, decision, granted, paid_on }: Bursary): string {
	const amounts = { total: dollars(total), granted: dollars(granted ?? 0) };
	if (decision === null) return m.bursaries_state_waiting(amounts);
	if (decision === 'refused') return m.bursaries_state_refused(amounts);
	const said =
		decision === 'full' ? m.bursaries_state_full(amounts) : m.bursaries_state_part(amounts);
	return `${said} ${paid_on ? m.bursaries_state_paid({ date: date(paid_on) }) : m.bursaries_state_unpaid()}`;
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	save_bursary_rules: () => m.bursaries_act_rules(),
	read_bursary: () => m.bursaries_act_read(),
	decide_bursary: () => m.bursaries_act_decide(),
	mark_bursary_paid: () => m.bursaries_act_paid(),
	reopen_bursary: () => m.bursaries_act_reopen()
};
