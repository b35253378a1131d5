import type { ActWords } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { CHOICES, type Choice } from './rules';

const choices: Record<Choice, () => string> = {
	yes: m.confirmations_yes,
	reword: m.confirmations_reword,
	no: m.confirmations_no
};

/** What one may answer about a pair; a choice that was made cannot be undone, so one of them is no answer. */
export function choiceOptions(): { value: string; label: string }[] {
	return [
		...CHOICES.map((value) => ({ value: value as string, label: choices[value]() })),
		{ value: '', label: m.confirmations_later() }
	];
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = { reword_pair: () => m.confirmations_act_reword() };
