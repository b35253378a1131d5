import type { ActWords } from '$lib/platform/domain';
import { date } from '$lib/platform/text/dates';
import { dollars } from '$lib/platform/text/figures';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { inWords } from '$lib/platform/text/lists';
import type { List, State } from './rules';
import type { Choices } from './schema';

/** "$150", or that it is free. */
export function amountWords(amount: number): string {
	return amount === 0 ? m.fees_free() : dollars(amount);
}

/** "Fees: Member organization ($150) and Student (free).", for where a list would be too long. */
export function feesSentence({ categories }: Choices): string {
	const parts = categories.map((category) =>
		m.fees_in_list({ name: pair(category, 'name'), amount: amountWords(category.amount) })
	);
	return m.fees_sentence({ fees: inWords(parts) });
}

interface Stored {
	name_en: string | null;
	name_fr: string | null;
	amount: number | null;
	state: State;
	paid_on: string | null;
}

/** "Member organization: $150, not yet paid.", as far as a fee is. */
export function feeWords(fee: Stored | null): string {
	if (!fee || fee.name_en === null) return m.fees_state_unchosen();
	const name = pair(fee, 'name') ?? '';
	const facts = { name, amount: dollars(fee.amount ?? 0) };
	switch (fee.state) {
		case 'free':
			return m.fees_state_free({ name });
		case 'waived':
			return m.fees_state_waived({ name });
		case 'waiting':
			return m.fees_state_waiting(facts);
		case 'paid':
		case 'refund': {
			const paid = { ...facts, date: fee.paid_on ? date(fee.paid_on) : '' };
			return fee.state === 'paid' ? m.fees_state_paid(paid) : m.fees_state_refund(paid);
		}
		case 'ended':
			return m.fees_state_ended();
		default:
			return m.fees_state_due(facts);
	}
}

const lists: Record<List, () => string> = {
	due: m.fees_list_due,
	unchosen: m.fees_list_unchosen,
	waiting: m.fees_list_waiting,
	paid: m.fees_list_paid,
	refund: m.fees_list_refund,
	waived: m.fees_list_waived,
	free: m.fees_list_free
};

/** The name of a list of people. */
export function listName(list: List): string {
	return lists[list]();
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	save_fee_category: () => m.fees_act_save_category(),
	move_fee_category: () => m.fees_act_move_category(),
	hide_fee_category: () => m.fees_act_hide_category(),
	show_fee_category: () => m.fees_act_show_category(),
	delete_fee_category: () => m.fees_act_delete_category(),
	save_fee_note: () => m.fees_act_save_note(),
	mark_fee_paid: () => m.fees_act_paid(),
	waive_fee: () => m.fees_act_waived(),
	reopen_fee: () => m.fees_act_reopened()
};
