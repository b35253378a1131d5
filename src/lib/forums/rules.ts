import type { Tables } from '$lib/platform/db/types';
import { daysUntil } from '$lib/platform/text/days';

/** What the texts of a forum hold, in characters; the constraints say the same. */
export const LENGTHS = { name: 160, place: 160, city: 80, objectives: 4000 };

/** The zones of Canada, from east to west, and a city in each. */
export const ZONES = {
	'America/St_Johns': 'St. John’s',
	'America/Halifax': 'Halifax',
	'America/Toronto': 'Toronto',
	'America/Winnipeg': 'Winnipeg',
	'America/Regina': 'Regina',
	'America/Edmonton': 'Edmonton',
	'America/Vancouver': 'Vancouver',
	'America/Whitehorse': 'Whitehorse'
};

type Content = Pick<
	Tables<'forums'>,
	| 'place_en'
	| 'place_fr'
	| 'objectives_en'
	| 'objectives_fr'
	| 'registration_opens_at'
	| 'registration_closes_at'
	| 'capacity_in_person'
	| 'capacity_online'
>;
export type Gap =
	| 'place_en'
	| 'place_fr'
	| 'objectives_en'
	| 'objectives_fr'
	| 'registration_opens_at'
	| 'registration_closes_at'
	| 'capacity';

/** What a forum lacks before anyone may read it: the same as `private.forum_gaps`, in that order. */
export function gapsOf(forum: Content): Gap[] {
	const [en, fr] = [forum.objectives_en.length, forum.objectives_fr.length];
	const opens = forum.registration_opens_at !== null;
	const closes = forum.registration_closes_at !== null;
	const spots = (forum.capacity_in_person ?? 0) + (forum.capacity_online ?? 0);
	const lacks: Record<Gap, boolean> = {
		place_en: forum.place_en === '',
		place_fr: forum.place_fr === '',
		objectives_en: en < Math.max(fr, 1),
		objectives_fr: fr < Math.max(en, 1),
		registration_opens_at: closes && !opens,
		registration_closes_at: opens && !closes,
		capacity: opens && spots === 0
	};
	return (Object.keys(lacks) as Gap[]).filter((gap) => lacks[gap]);
}

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

/** The ways of taking part that a forum has spots for. */
export function modesOffered(forum: Pick<Places, 'capacity_in_person' | 'capacity_online'>) {
	return (['in_person', 'online'] as const).filter((mode) => (forum[`capacity_${mode}`] ?? 0) > 0);
}

/** The same, each with how full it is. */
export function modesOf(forum: Places) {
	return modesOffered(forum).map((mode) => ({ mode, left: forum[`spots_${mode}`] ?? 'full' }));
}

/** The last moment of a role that ends at midnight, so that the day of it is the last one. */
export function lastDay(ends_at: string): string {
	return new Date(Date.parse(ends_at) - 1).toISOString();
}
