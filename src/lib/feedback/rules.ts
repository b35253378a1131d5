import { addDays, formatISO, parseISO } from 'date-fns';
import type { Enums } from '$lib/platform/db/types';
import { instantIn } from '$lib/platform/text/days';

/** What the texts hold, in characters; the constraints say the same. */
export const LENGTHS = { text: 300, options: 1000, answer: 1000, change: 400 };

/** How many questions are asked after a forum, and how many options a list has. */
export const MOST = { questions: 5, options: 10 };

/** How long participants are asked, from the end of the last day. */
const DAYS = 21;

export type Kind = Enums<'feedback_kind'>;

/** A question as a form shows it. */
export interface Question {
	feedback_question_id: string;
	kind: Kind;
	text_en: string;
	text_fr: string;
	options_en: string[];
	options_fr: string[];
}

/** The name of a question's field. */
export function fieldOf({ feedback_question_id }: Pick<Question, 'feedback_question_id'>): string {
	return `answers-${feedback_question_id}`;
}

const dayAfter = (day: string, days: number) =>
	formatISO(addDays(parseISO(day), days), { representation: 'date' });

/** From which day on participants are asked. Days as `2027-11-24`. */
export function firstDayOf({ ends_on }: { ends_on: string }): string {
	return dayAfter(ends_on, 1);
}

/** Until which day participants can answer. */
export function lastDayOf({ ends_on }: { ends_on: string }): string {
	return dayAfter(ends_on, DAYS);
}

/** The moment at which the last day ends, in the zone of the forum. */
export function endOf(forum: { ends_on: string; time_zone: string }): string {
	const midnight = instantIn(forum.time_zone, `${dayAfter(lastDayOf(forum), 1)}T00:00`);
	return new Date(Date.parse(midnight!) - 1).toISOString();
}
