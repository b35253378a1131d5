import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { faultOf, fieldOf, LENGTHS, MOST, type Question } from './rules';
import { faultWords } from './words';

/** One option per line; the empty lines between them do not count. */
const options = text({ most: LENGTHS.options }).refine(
	(typed) => optionsIn(typed).length <= MOST.options,
	{ error: () => m.questions_refusal_questions_options_few() }
);

/** The options that were typed, one per line. */
export function optionsIn(typed: string): string[] {
	return typed
		.split('\n')
		.map((option) => option.trim())
		.filter((option) => option !== '');
}

/** A question of a forum with what a person answered, as `private.answers_of` gives it. */
export const answeredSchema = z.object({
	question_id: z.string(),
	kind: z.enum(Constants.public.Enums.question_kind),
	text_en: z.string(),
	text_fr: z.string(),
	options_en: z.array(z.string()),
	options_fr: z.array(z.string()),
	text: z.string().nullable(),
	chosen: z.array(z.number()).nullable()
});

/** A question as an organizer saw and changed it; `question` is empty for a new one. */
export const questionSchema = versioned({
	question: z.literal('').or(z.uuid()),
	kind: z.enum(Constants.public.Enums.question_kind, { error: () => m.questions_error_kind() }),
	...pair('text', line({ most: LENGTHS.text })),
	...pair('help', line({ most: LENGTHS.help })),
	...pair('options', options),
	required: z.boolean()
});

/** The question that a button is about. */
export const questionIdSchema = z.object({ question: z.uuid() });

/** Up or down by one. */
export const moveSchema = questionIdSchema.extend({ way: z.enum(['up', 'down']) });

/** Hidden from people who register later, or asked again. */
export const hideSchema = questionIdSchema.extend({ hidden: z.boolean() });

/** What somebody answered, by question; which questions there are is checked with them, or by the verb. */
export const answersField = z.record(z.string(), z.array(z.string()));

type Given = z.output<typeof answersField>;

/** What is wrong with the answers to the questions of a forum, by the name of the field; null without a fault. */
export function faultsByField(questions: Question[], answers: Given) {
	const faults = questions.flatMap((question) => {
		const fault = faultOf(question, answers[question.question_id]);
		return fault ? [[fieldOf(question), faultWords(fault, question.kind)] as const] : [];
	});
	return faults.length > 0 ? Object.fromEntries(faults) : null;
}

/** A form with the answers to the questions of its forum: what is wrong with one is said beside it. */
export function asking<Schema extends z.ZodObject<{ answers: typeof answersField }>>(
	schema: Schema,
	questions: Question[]
) {
	return schema.superRefine((sent, { addIssue }) => {
		const { answers } = sent as { answers: Given };
		for (const [name, message] of Object.entries(faultsByField(questions, answers) ?? {})) {
			addIssue({ code: 'custom', path: [name], message });
		}
	});
}
