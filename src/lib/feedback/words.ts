import type { ActWords } from '$lib/platform/domain';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { fieldOf, type Kind, type Question } from './rules';

const kinds: Record<Kind, () => string> = {
	scale: m.feedback_kind_scale,
	choice: m.feedback_kind_choice,
	text: m.feedback_kind_text
};

/** "One of several options". */
export function kindName(kind: Kind): string {
	return kinds[kind]();
}

/** The kinds, for a question to the organizer. */
export function kindChoices() {
	return (Object.keys(kinds) as Kind[]).map((value) => ({ value, label: kindName(value) }));
}

const ends: Record<number, () => string> = {
	1: m.feedback_scale_lowest,
	5: m.feedback_scale_highest
};

/** What one may choose, with the place of each option as its value: "1, not at all" to "5, very much". */
export function optionsOf(question: Question): { value: string; label: string }[] {
	if (question.kind === 'text') return [];
	const labels =
		question.kind === 'scale'
			? [1, 2, 3, 4, 5].map((place) => ends[place]?.() ?? String(place))
			: pair(question, 'options');
	return labels.map((label, index) => ({ value: String(index + 1), label }));
}

/** The questions by the names of their fields, for what is said of several of them. */
export function labelsOf(questions: Question[]): Record<string, string> {
	return Object.fromEntries(
		questions.map((question) => [fieldOf(question), pair(question, 'text')])
	);
}

/** The fields of the organizers' form, in its order. */
export function labels() {
	return {
		kind: m.feedback_field_kind(),
		text_en: m.feedback_field_text_en(),
		text_fr: m.feedback_field_text_fr(),
		options_en: m.feedback_field_options_en(),
		options_fr: m.feedback_field_options_fr()
	};
}

/** The acts of this domain in the audit. */
export const acts: Record<string, ActWords> = {
	save_feedback_question: () => m.feedback_act_save_feedback_question(),
	delete_feedback_question: () => m.feedback_act_delete_feedback_question(),
	save_feedback_change: () => m.feedback_act_save_feedback_change()
};
