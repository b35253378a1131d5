import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { z } from 'zod';
import { faultsByField, optionsIn, type questionSchema } from './schema';

const shown =
	'question_id, kind, text_en, text_fr, help_en, help_fr, options_en, options_fr, required';

/** What a forum asks somebody who registers now, in order, each with the reader's own answer. */
export function ofForum(db: Db, slug: string) {
	return answer(
		db
			.from('questions')
			.select(`${shown}, answers (text, chosen), forums!inner (slug)`)
			.eq('forums.slug', slug)
			.is('hidden_at', null)
			.order('position')
			.limit(50)
	);
}

/**
 * Where a refusal of answers belongs, by field: somebody changed the questions since they were shown. Null when the
 * refusal is about something else.
 */
export async function faultsAfter(
	refusal: string,
	answers: Parameters<typeof faultsByField>[1],
	db: Db,
	slug: string
) {
	return refusal.startsWith('answers_') ? faultsByField(await ofForum(db, slug), answers) : null;
}

/** What somebody answered for a forum, and what is asked; also what is hidden by now. */
export async function answered(db: Db, slug: string) {
	const all = await answer(
		db
			.from('questions')
			.select(`${shown}, hidden_at, answers (text, chosen), forums!inner (slug)`)
			.eq('forums.slug', slug)
			.order('position')
			.limit(100)
	);
	return all.filter(({ hidden_at, answers }) => hidden_at === null || answers.length > 0);
}

/** A forum with its questions as organizers edit them, or null. */
export function forEditing(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, starts_on, ends_on, published_at, edits_until,
				questions (question_id, version, kind, text_en, text_fr, help_en, help_fr, options_en, options_fr,
					required, hidden_at, answered_by)`
			)
			.eq('slug', slug)
			.order('position', { referencedTable: 'questions' })
			.limit(100, { referencedTable: 'questions' })
			.maybeSingle()
	);
}

type Edited = NonNullable<Awaited<ReturnType<typeof forEditing>>>['questions'][number];

/** A question as the fields of its form have it: options by line. */
export function fieldsOf(question: Edited) {
	return {
		version: question.version,
		kind: question.kind,
		text_en: question.text_en,
		text_fr: question.text_fr,
		help_en: question.help_en,
		help_fr: question.help_fr,
		options_en: question.options_en.join('\n'),
		options_fr: question.options_fr.join('\n'),
		required: question.required ? 'on' : ''
	};
}

/**
 * Adds a question, or changes one over the version that the organizer saw.
 * @throws Refusal question_changed, question_answered, question_incomplete, too_many_questions
 */
export function save(db: Db, forum_id: string, edit: z.output<typeof questionSchema>) {
	const { question, ...rest } = edit;
	return write(
		db.rpc('save_question', {
			...rest,
			forum_id,
			// The generator knows no argument that may be null.
			question_id: (question || null) as string,
			options_en: optionsIn(edit.options_en),
			options_fr: optionsIn(edit.options_fr)
		}),
		[]
	);
}

/** Moves a question by one. */
export function move(db: Db, question_id: string, up: boolean) {
	return write(db.rpc('move_question', { question_id, up }), []);
}

/** Hides a question from people who register later, or asks it again. */
export function hide(db: Db, question_id: string, hidden: boolean) {
	return write(db.rpc('hide_question', { question_id, hidden }), []);
}

/** Deletes a question. @throws Refusal question_answered */
export function remove(db: Db, question_id: string) {
	return write(db.rpc('delete_question', { question_id }), []);
}
