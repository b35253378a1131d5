import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { pair } from '$lib/platform/text/i18n/pair';
import { figure } from '$lib/platform/text/figures';
import { fieldOf, LENGTHS, type Fault, type Gap, type Kind, type Question } from './rules';

const kinds: Record<Kind, () => string> = {
	text: m.questions_kind_text,
	choice: m.questions_kind_choice,
	several: m.questions_kind_several,
	yes_no: m.questions_kind_yes_no,
	consent: m.questions_kind_consent,
	code_of_conduct: m.questions_kind_code_of_conduct
};

/** "One of several options". */
export function kindName(kind: Kind): string {
	return kinds[kind]();
}

/** The kinds, for a question to the organizer. */
export function kindChoices() {
	return (Object.keys(kinds) as Kind[]).map((value) => ({ value, label: kindName(value) }));
}

const faults: Record<Fault, () => string> = {
	missing: m.questions_error_missing,
	too_long: () => m.shared_error_too_long({ limit: figure(LENGTHS.answer) }),
	unknown: m.questions_error_unknown
};

/** What is wrong with an answer. */
export function faultWords(fault: Fault, kind: Kind): string {
	if (fault === 'missing' && kind === 'code_of_conduct') return m.questions_error_not_accepted();
	return faults[fault]();
}

const gaps: Record<Gap, () => string> = {
	text_en: m.questions_gap_text_en,
	text_fr: m.questions_gap_text_fr,
	help_en: m.questions_gap_help_en,
	help_fr: m.questions_gap_help_fr,
	options_en: m.questions_gap_options_en,
	options_fr: m.questions_gap_options_fr
};

/** What is missing, in words. */
export function gapName(gap: Gap): string {
	return gaps[gap]();
}

/** What one may choose, with the place of each option as its value. */
export function optionsOf(question: Question): { value: string; label: string }[] {
	switch (question.kind) {
		case 'text':
			return [];
		case 'yes_no':
			return [
				{ value: '1', label: m.questions_yes() },
				{ value: '2', label: m.questions_no() }
			];
		case 'consent':
			return [{ value: '1', label: m.questions_consent_yes() }];
		case 'code_of_conduct':
			return [{ value: '1', label: m.questions_code_yes() }];
		default:
			return pair(question, 'options').map((label, index) => ({
				value: String(index + 1),
				label
			}));
	}
}

/** What somebody answered, a line for each thing; none without an answer. */
export function answerLines(question: Question, given: string[] = []): string[] {
	const said = given.filter((value) => value.trim() !== '');
	if (question.kind === 'text') return said;
	return optionsOf(question)
		.filter(({ value }) => said.includes(value))
		.map(({ label }) => label);
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
		kind: m.questions_field_kind(),
		text_en: m.questions_field_text_en(),
		text_fr: m.questions_field_text_fr(),
		help_en: m.questions_field_help_en(),
		help_fr: m.questions_field_help_fr(),
		options_en: m.questions_field_options_en(),
		options_fr: m.questions_field_options_fr(),
		required: m.questions_field_required()
	};
}
