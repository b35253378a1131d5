import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { z } from 'zod';
import {
	mineSchema,
	optionsIn,
	organizedSchema,
	type changeSchema,
	type feedbackSchema,
	type questionSchema
} from './schema';

/** What the person who asks is asked after a forum; null without a confirmed spot there. */
export async function mine(db: Db, slug: string) {
	return mineSchema.nullable().parse(await answer(db.rpc('my_feedback', { slug }, { get: true })));
}

/**
 * Stores what a person answers after a forum, apart from that they answered.
 * @throws Refusal feedback_given_already, feedback_not_yet, feedback_closed, feedback_empty, feedback_busy
 */
export function give(db: Db, { forum, answers }: z.output<typeof feedbackSchema>) {
	const said = Object.entries(answers).map(([question, given]) => [question, given[0] ?? '']);
	return write(db.rpc('give_feedback', { forum_id: forum, answers: Object.fromEntries(said) }), []);
}

/** The questions after a forum, what was said, and what changed because of it. Organizers only; null without a forum. */
export async function organized(db: Db, slug: string) {
	return organizedSchema
		.nullable()
		.parse(await answer(db.rpc('feedback_of', { slug }, { get: true })));
}

type Asked = z.output<typeof organizedSchema>['questions'][number];

/** A question as the fields of its form have it: options by line. */
export function fieldsOf({ version, kind, text_en, text_fr, options_en, options_fr }: Asked) {
	return {
		version,
		kind,
		text_en,
		text_fr,
		options_en: options_en.join('\n'),
		options_fr: options_fr.join('\n')
	};
}

/**
 * Adds a question, or changes one over the version that the organizer saw.
 * @throws Refusal feedback_question_changed, feedback_locked, too_many_feedback_questions
 */
export function saveQuestion(db: Db, forum_id: string, edit: z.output<typeof questionSchema>) {
	const { question, ...rest } = edit;
	return write(
		db.rpc('save_feedback_question', {
			...rest,
			forum_id,
			// The generator knows no argument that may be null.
			feedback_question_id: (question || null) as string,
			options_en: optionsIn(edit.options_en),
			options_fr: optionsIn(edit.options_fr)
		}),
		[]
	);
}

/** Deletes a question that nobody has answered. @throws Refusal feedback_locked */
export function removeQuestion(db: Db, feedback_question_id: string) {
	return write(db.rpc('delete_feedback_question', { feedback_question_id }), []);
}

/** Saves what changed because of earlier feedback, on the page of a forum. @throws Refusal feedback_change_changed */
export function saveChange(db: Db, forum_id: string, change: z.output<typeof changeSchema>) {
	return write(db.rpc('save_feedback_change', { forum_id, ...change }), ['forums']);
}
