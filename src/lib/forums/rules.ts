import type { Tables } from '$lib/platform/db/types';
import { daysUntil } from '$lib/platform/text/days';

/** How far a forum is; registering is possible in `open` only. */
export type Phase = 'cancelled' | 'over' | 'open' | 'under_way' | 'soon' | 'closed' | 'unannounced';

type Dates = Pick<
	Tables<'forums'>,
	| 'time_zone'
	| 'starts_on'
	| 'ends_on'
	| 'registration_opens_at'
	| 'registration_closes_at'
	| 'cancelled_at'
>;

/**
 * The phase of a forum at a moment. Days begin and end in the forum's own zone; the window of
 * registration is that of the verb `register`: open at its first instant, closed at its last.
 */
export function phaseOf(forum: Dates, now = new Date()): Phase {
	if (forum.cancelled_at) return 'cancelled';
	if (isOver(forum, now)) return 'over';
	const opens = forum.registration_opens_at && new Date(forum.registration_opens_at);
	const closes = forum.registration_closes_at && new Date(forum.registration_closes_at);
	const closed = closes && closes <= now;
	if (opens && opens <= now && !closed) return 'open';
	if (daysTo(forum.starts_on, forum.time_zone, now) <= 0) return 'under_way';
	if (!opens) return 'unannounced';
	return closed ? 'closed' : 'soon';
}

/** Whether a forum's last day has passed where it takes place. */
export function isOver({ ends_on, time_zone }: Pick<Dates, 'ends_on' | 'time_zone'>, now: Date) {
	return daysTo(ends_on, time_zone, now) < 0;
}

// Noon in Greenwich falls on that same day all over Canada.
function daysTo(day: string, zone: string, now: Date): number {
	return daysUntil(`${day}T12:00:00Z`, zone, now);
}

/** Those still to come, the nearest first, and those over or cancelled, the newest first. */
export function split<Forum extends Dates>(forums: Forum[], now = new Date()) {
	const isPast = (forum: Forum) => ['cancelled', 'over'].includes(phaseOf(forum, now));
	const byStart = (a: Forum, b: Forum) => a.starts_on.localeCompare(b.starts_on);
	return {
		coming: forums.filter((forum) => !isPast(forum)).sort(byStart),
		earlier: forums.filter(isPast).sort((a, b) => byStart(b, a))
	};
}

export type Mode = 'in_person' | 'online';
export type Places = Pick<
	Tables<'forums'>,
	'capacity_in_person' | 'capacity_online' | 'spots_in_person' | 'spots_online'
>;

/** The ways of taking part that a forum offers, each with how full it is. */
export function modesOf(forum: Places) {
	const modes = [
		{ mode: 'in_person' as Mode, capacity: forum.capacity_in_person, left: forum.spots_in_person },
		{ mode: 'online' as Mode, capacity: forum.capacity_online, left: forum.spots_online }
	];
	return modes
		.filter(({ capacity }) => (capacity ?? 0) > 0)
		.map(({ mode, left }) => ({ mode, left: left ?? 'full' }));
}
