import { addYears, formatISO, parseISO, subDays } from 'date-fns';
import { isOver, phaseOf } from '$lib/forums/rules';
import type { FormResult } from '$lib/platform/http/form';
import type { Enums, Tables } from '$lib/platform/db/types';

/**
 * The day on which registrations for a forum are reduced to counts: twelve months after its last day.
 * Both days as `2027-11-24`; the 29th of February becomes the 28th.
 */
export function deletedOn(lastDay: string): string {
	return formatISO(addYears(parseISO(lastDay), 1), { representation: 'date' });
}

/** What a reason holds, in characters; how many registrations one decision is about. */
export const LIMITS = { reason: { least: 3, most: 500 }, registrations: 100 };

/** What organizers decide about registrations; the last one confirms beyond the capacity. */
export const ACTS = ['approve', 'refuse', 'cancel', 'over_capacity'] as const;
export type Act = (typeof ACTS)[number];

/** Whether a decision is written down with a reason. */
export function needsReason(act: Act): boolean {
	return act !== 'approve';
}

const reached: Record<Act, readonly Enums<'registration_status'>[]> = {
	approve: ['pending'],
	refuse: ['pending'],
	cancel: ['pending', 'confirmed', 'waitlisted'],
	over_capacity: ['pending', 'waitlisted']
};

/** Whether an act changes a registration with this status. */
export function reaches(act: Act, status: Enums<'registration_status'>): boolean {
	return reached[act].includes(status);
}

/** Whether anything can be decided about a registration with this status. */
export function isOpen(status: Enums<'registration_status'>): boolean {
	return reaches('cancel', status);
}

interface Chosen {
	registration_id: string;
	joined_at: string;
	mode: Enums<'mode'>;
	status: Enums<'registration_status'>;
}

type Free = Record<Enums<'mode'>, number | null>;

/**
 * Whom a decision reaches, and what becomes of them with the spots that are free now: who registered first comes first.
 * @returns `absent`: how many of the chosen ones are not among `people` any more
 */
export function reviewOf<Person extends Chosen>(
	act: Act,
	ids: readonly string[],
	people: readonly Person[],
	free: Free
) {
	const chosen = people.filter(({ registration_id }) => ids.includes(registration_id));
	const changed = chosen.filter(({ status }) => reaches(act, status));
	const inOrder = changed.toSorted((a, b) => a.joined_at.localeCompare(b.joined_at));
	const most = (mode: Enums<'mode'>) =>
		act === 'approve' ? Math.max(free[mode] ?? 0, 0) : Infinity;
	const fitting = (['in_person', 'online'] as const).flatMap((mode) =>
		inOrder.filter((one) => one.mode === mode).slice(0, most(mode))
	);
	const of = (mode: Enums<'mode'>) => fitting.filter((one) => one.mode === mode).length;
	return {
		changed,
		fitting,
		waiting: inOrder.filter((one) => !fitting.includes(one)),
		others: chosen.filter(({ status }) => !reaches(act, status)),
		absent: ids.length - chosen.length,
		confirmed: { in_person: of('in_person'), online: of('online') },
		waitlisted: changed.length - fitting.length
	};
}
export type Review = ReturnType<typeof reviewOf>;

/** The part of an address that keeps what was looked for: `status=pending&mode=online`, or nothing. */
export function queryOf(asked: Record<string, string | null>): string {
	const said = Object.entries(asked).filter((entry): entry is [string, string] => !!entry[1]);
	return new URLSearchParams(said).toString();
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

/** The steps of registering; nobody is registered before the last one is sent. */
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
