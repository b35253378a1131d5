import type { Enums, Tables } from '$lib/platform/db/types';

/** What questions and answers hold, in characters; the constraints say the same. */
export const LENGTHS = { text: 300, help: 600, options: 2000, answer: 1000 };

/** How many questions a forum asks at most, and how many options a list has. */
export const MOST = { questions: 8, options: 20 };

export type Kind = Enums<'question_kind'>;

/** A question as a form shows it. */
export type Question = Pick<
	Tables<'questions'>,
	| 'question_id'
	| 'kind'
	| 'text_en'
	| 'text_fr'
	| 'help_en'
	| 'help_fr'
	| 'options_en'
	| 'options_fr'
	| 'required'
>;

/** What was answered, by question: a text, or the places of options from 1. As forms send it. */
export type Answers = Record<string, string[]>;

/** The name of a question's field. */
export function fieldOf({ question_id }: Pick<Question, 'question_id'>): string {
	return `answers-${question_id}`;
}

/** Answers as forms send them, made from what is stored. */
export function answersOf(
	questions: {
		question_id: string;
		answers: Pick<Tables<'answers'>, 'text' | 'chosen'>[];
	}[]
): Answers {
	return Object.fromEntries(
		questions.flatMap(({ question_id, answers: [answer] }) =>
			answer ? [[question_id, answer.text ? [answer.text] : answer.chosen.map(String)]] : []
		)
	);
}

/** How many places an answer chooses from; the same as `private.number_of_options`. */
function placesOf({ kind, options_en }: Pick<Question, 'kind' | 'options_en'>): number {
	const places = { text: 0, yes_no: 2, consent: 1, code_of_conduct: 1 };
	return kind === 'choice' || kind === 'several' ? options_en.length : places[kind];
}

export type Fault = 'missing' | 'too_long' | 'unknown';

/** What is wrong with an answer, as `private.save_answers` sees it; null when nothing is. */
export function faultOf(question: Question, given: string[] = []): Fault | null {
	const said = given.filter((value) => value.trim() !== '');
	if (said.length === 0) return question.required ? 'missing' : null;
	if (question.kind !== 'several' && said.length > 1) return 'unknown';
	if (question.kind === 'text') {
		return [...said[0]!.trim()].length > LENGTHS.answer ? 'too_long' : null;
	}
	const places = Array.from({ length: placesOf(question) }, (_, index) => String(index + 1));
	return said.every((place) => places.includes(place)) ? null : 'unknown';
}

export type Gap = 'text_en' | 'text_fr' | 'help_en' | 'help_fr' | 'options_en' | 'options_fr';

/** What a question lacks in one of the languages: the same as `private.question_gaps`, in that order. */
export function gapsOf(question: Omit<Question, 'question_id' | 'required'>): Gap[] {
	const lists = question.kind === 'choice' || question.kind === 'several';
	const [en, fr] = [question.options_en.length, question.options_fr.length];
	const lacks: Record<Gap, boolean> = {
		text_en: question.text_en === '',
		text_fr: question.text_fr === '',
		help_en: question.help_en === '' && question.help_fr !== '',
		help_fr: question.help_fr === '' && question.help_en !== '',
		options_en: lists && en < Math.max(fr, 2),
		options_fr: lists && fr < Math.max(en, 2)
	};
	return (Object.keys(lacks) as Gap[]).filter((gap) => lacks[gap]);
}
