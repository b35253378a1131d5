import { addYears, formatISO, parseISO, subDays } from 'date-fns';
import { isOver, phaseOf } from '$lib/forums/rules';
import type { FormResult } from '$lib/platform/http/form';
import type { Tables } from '$lib/platform/db/types';

/**
 * The day on which registrations for a forum are reduced to counts: twelve months after its last day.
 * Both days as `2027-11-24`; the 29th of February becomes the 28th.
 */
export function deletedOn(lastDay: string): string {
	return formatISO(addYears(parseISO(lastDay), 1), { representation: 'date' });
}

/** The day before one, both as `2027-11-24`. */
export function dayBefore(day: string): string {
	return formatISO(subDays(parseISO(day), 1), { representation: 'date' });
}

type Deadline = Parameters<typeof phaseOf>[0] & Pick<Tables<'forums'>, 'edits_until'>;

/** The last day on which people change their registration: the same as `private.edits_until`. */
export function editsUntil({ edits_until, starts_on }: Deadline): string {
	return edits_until ?? dayBefore(starts_on);
}

/** Whether people may still change their registration, by the days of the forum's zone. */
export function canEdit(forum: Deadline, now = new Date()): boolean {
	if (phaseOf(forum, now) === 'cancelled') return false;
	return !isOver({ ends_on: editsUntil(forum), time_zone: forum.time_zone }, now);
}

/** The steps of registering; nothing is saved before the last one is sent. */
export const STEPS = ['about', 'questions', 'summary'] as const;
export type Step = (typeof STEPS)[number];

/** The step that a page shows: the first one with something wrong, or the one that was asked for. */
export function stepOf(result: FormResult | null | undefined, hasQuestions: boolean): Step {
	const wrong = Object.keys(result?.errors ?? {});
	if (wrong.some((name) => !name.startsWith('answers-'))) return 'about';
	if (wrong.length > 0) return 'questions';
	const step = STEPS.find((name) => name === result?.values?.step) ?? 'about';
	return step === 'questions' && !hasQuestions ? 'summary' : step;
}
