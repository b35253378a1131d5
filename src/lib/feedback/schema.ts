import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { figure } from '$lib/platform/text/figures';
import { LENGTHS, MOST } from './rules';

const kind = z.enum(Constants.public.Enums.feedback_kind, { error: () => m.feedback_error_kind() });

/** The options that were typed, one per line. */
export function optionsIn(typed: string): string[] {
	return typed
		.split('\n')
		.map((option) => option.trim())
		.filter((option) => option !== '');
}

const options = text({ most: LENGTHS.options }).refine(
	(typed) => optionsIn(typed).length <= MOST.options,
	{ error: () => m.feedback_refusal_feedback_questions_options_few() }
);

/** A question as an organizer saw and changed it; `question` is empty for a new one. */
export const questionSchema = versioned({
	question: z.literal('').or(z.uuid()),
	kind,
	...pair('text', line({ least: 3, most: LENGTHS.text })),
	...pair('options', options)
});

/** The question that a button is about. */
export const questionIdSchema = z.object({ question: z.uuid() });

/** What changed because of earlier feedback; empty for nothing. */
export const changeSchema = versioned({ ...pair('text', line({ most: LENGTHS.change })) });

/** What somebody answers, by question; an empty text is no answer. */
export const feedbackSchema = z.object({
	forum: z.uuid(),
	answers: z.record(z.string(), z.array(z.string()))
});

/** The texts that are too long, by the name of the field; null without one. */
export function faultsIn(answers: Record<string, string[]>): Record<string, string> | null {
	const faults = Object.entries(answers)
		.filter(([, given]) => [...(given[0] ?? '').trim()].length > LENGTHS.answer)
		.map(([name]) => [
			`answers-${name}`,
			m.shared_error_too_long({ limit: figure(LENGTHS.answer) })
		]);
	return faults.length > 0 ? Object.fromEntries(faults) : null;
}

const forum = {
	forum_id: z.string(),
	slug: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	ends_on: z.iso.date()
};
const status = z.enum(['ahead', 'open', 'over', 'off']);
const question = z.object({
	feedback_question_id: z.string(),
	kind,
	text_en: z.string(),
	text_fr: z.string(),
	options_en: z.array(z.string()),
	options_fr: z.array(z.string())
});

/** What `my_feedback` answers. */
export const mineSchema = z.object({
	forum: z.object(forum),
	status,
	given: z.boolean(),
	questions: z.array(question)
});

const result = z.object({
	count: z.number(),
	average: z.number().nullable(),
	counts: z.array(z.number()),
	texts: z.array(z.string())
});
export type Result = z.output<typeof result>;

const change = z.object({ version: z.number(), text_en: z.string(), text_fr: z.string() });

/** What `feedback_of` answers. */
export const organizedSchema = z.object({
	forum: z.object({ ...forum, published: z.boolean() }),
	status,
	locked: z.boolean(),
	questions: z.array(question.extend({ version: z.number(), result: result.nullable() })),
	change: change.nullable()
});

/** What the column `feedback_change` of a forum answers. */
export const shownChangeSchema = change.omit({ version: true }).nullable();
