import { addDays, formatISO, parseISO } from 'date-fns';
import type { Tables } from '$lib/platform/db/types';
import { daysUntil } from '$lib/platform/text/days';

/** What the texts of a forum hold, in characters; the constraints say the same. */
export const LENGTHS = {
	name: 160,
	place: 160,
	city: 80,
	objectives: 4000,
	beside: 200,
	territory: 1000,
	funders: 2000,
	papers: 4000
};

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
	| 'beside_en'
	| 'beside_fr'
	| 'beside_url'
	| 'territory_en'
	| 'territory_fr'
	| 'funders_en'
	| 'funders_fr'
	| 'registration_opens_at'
	| 'registration_closes_at'
	| 'capacity_in_person'
	| 'capacity_online'
	| 'ends_on'
	| 'time_zone'
>;
export type Gap =
	| 'place_en'
	| 'place_fr'
	| 'objectives_en'
	| 'objectives_fr'
	| 'beside_en'
	| 'beside_fr'
	| 'territory_en'
	| 'territory_fr'
	| 'funders_en'
	| 'funders_fr'
	| 'registration_opens_at'
	| 'registration_closes_at'
	| 'capacity';

/** What a forum lacks before anyone may read it: the same as `private.forum_gaps`, in that order. */
export function gapsOf(forum: Content, now = new Date()): Gap[] {
	const [en, fr] = [forum.objectives_en.length, forum.objectives_fr.length];
	const [payEn, payFr] = [forum.funders_en.length, forum.funders_fr.length];
	const least = isPastRecord(forum, now) ? 0 : 1;
	const opens = forum.registration_opens_at !== null;
	const closes = forum.registration_closes_at !== null;
	const spots = (forum.capacity_in_person ?? 0) + (forum.capacity_online ?? 0);
	const lacks: Record<Gap, boolean> = {
		place_en: forum.place_en === '',
		place_fr: forum.place_fr === '',
		objectives_en: en < Math.max(fr, least),
		objectives_fr: fr < Math.max(en, least),
		beside_en: forum.beside_en === '' && forum.beside_fr + forum.beside_url !== '',
		beside_fr: forum.beside_fr === '' && forum.beside_en + forum.beside_url !== '',
		territory_en: forum.territory_en === '' && forum.territory_fr !== '',
		territory_fr: forum.territory_fr === '' && forum.territory_en !== '',
		funders_en: payEn < payFr,
		funders_fr: payFr < payEn,
		registration_opens_at: closes && !opens,
		registration_closes_at: opens && !closes,
		capacity: opens && spots === 0
	};
	return (Object.keys(lacks) as Gap[]).filter((gap) => lacks[gap]);
}

/** Whether a forum is over and had no registration here, such as the meetings before this site. */
export function isPastRecord(
	forum: Pick<Tables<'forums'>, 'registration_opens_at' | 'ends_on' | 'time_zone'>,
	now = new Date()
): boolean {
	return forum.registration_opens_at === null && isOver(forum, now);
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
	| 'registration_closed_at'
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
	const closes = closesAt(forum);
	const closed = closes && new Date(closes) <= now;
	if (opens && opens <= now && !closed) return 'open';
	if (daysTo(forum.starts_on, forum.time_zone, now) <= 0) return 'under_way';
	if (!opens) return 'unannounced';
	return closed ? 'closed' : 'soon';
}

/** When registration closes: at its date, or earlier by hand. */
export function closesAt(
	forum: Pick<Dates, 'registration_closes_at' | 'registration_closed_at'>
): string | null {
	const { registration_closes_at: date, registration_closed_at: hand } = forum;
	if (!date || !hand) return date ?? hand;
	return Date.parse(hand) < Date.parse(date) ? hand : date;
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

type Known = Pick<Tables<'forums'>, 'starts_on' | 'ends_on' | 'date_precision'>;

/**
 * The days of a meeting from what is known of them: "2009", "2011-05" or "2014-11-26", the last one empty when it
 * is the same. Null for what is no date, or when the two are not equally exact.
 */
export function knownDays(first: string, last: string): Known | null {
	const from = spanOf(first);
	const to = spanOf(last || first);
	if (!from || !to || from.date_precision !== to.date_precision) return null;
	return { ...from, ends_on: to.ends_on };
}

function spanOf(known: string): Known | null {
	const [, year, month, day] = /^((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(known) ?? [];
	if (!year) return null;
	const iso = (month: number, day: number) =>
		new Date(Date.UTC(Number(year), month, day)).toISOString().slice(0, 10);
	if (!month) return { starts_on: iso(0, 1), ends_on: iso(11, 31), date_precision: 'year' };
	const [starts_on, ends_on] = [iso(Number(month) - 1, Number(day ?? 1)), iso(Number(month), 0)];
	if (!starts_on.startsWith(known)) return null;
	if (!day) return { starts_on, ends_on, date_precision: 'month' };
	return { starts_on, ends_on: starts_on, date_precision: 'day' };
}

/** The days of a meeting as they are typed; see `knownDays`. */
export function asKnown({ starts_on, ends_on, date_precision }: Known) {
	const length = { year: 4, month: 7, day: 10 }[date_precision];
	const [first, last] = [starts_on, ends_on].map((day) => day.slice(0, length)) as [string, string];
	return { first, last: last === first ? '' : last };
}

/** The line of a paper: its title, then its link. */
export const PAPER = /^(\S.*) (https?:\/\/\S{3,})$/;

/** The papers to read before a forum, those in the reader's language first. */
export function papersOf(
	forum: Pick<Tables<'forums'>, 'papers_en' | 'papers_fr'>,
	locale: 'en' | 'fr'
) {
	const languages = locale === 'en' ? (['en', 'fr'] as const) : (['fr', 'en'] as const);
	return languages.flatMap((language) =>
		forum[`papers_${language}`].flatMap((line) => {
			const [, title, url] = PAPER.exec(line) ?? [];
			return title && url ? [{ title, url, language }] : [];
		})
	);
}

/** The last moment of a role that ends at midnight, so that the day of it is the last one. */
export function lastDay(ends_at: string): string {
	return new Date(Date.parse(ends_at) - 1).toISOString();
}

/** On which needs are deleted and the list of participants closes, from the last day. Both as `2027-11-24`. */
export function thirtyDaysAfter(lastDay: string): string {
	return formatISO(addDays(parseISO(lastDay), 30), { representation: 'date' });
}
