import { m } from './i18n/paraglide/messages';
import { getLocale } from './i18n/paraglide/runtime';

// The only place that formats times. A moment is an ISO string with its offset (timestamptz); a
// day is "2016-11-23" (date) and belongs to no zone. Hours are given in the zone of the forum, with its name.

export const NETWORK_ZONE = 'America/Toronto';

const NBSP = '\u00a0';

// Making a formatter costs fifty times as much as using it; there are a few shapes, zones and languages.
const formatters = new WeakMap<Intl.DateTimeFormatOptions, Map<string, Intl.DateTimeFormat>>();

function formatter(locale: string, zone: string, options: Intl.DateTimeFormatOptions) {
	let ofShape = formatters.get(options);
	if (!ofShape) formatters.set(options, (ofShape = new Map()));
	const key = `${locale} ${zone}`;
	let known = ofShape.get(key);
	if (!known) {
		known = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
		ofShape.set(key, known);
	}
	return known;
}

const FULL = { dateStyle: 'full' } as const;
const LONG = { dateStyle: 'long' } as const;
const MONTH = { year: 'numeric', month: 'long' } as const;
const HOURS_24 = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' } as const;
const HOURS_12 = { hour: 'numeric', minute: '2-digit', hour12: true } as const;
const ISO_DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const ZONE_NAME = { timeZoneName: 'longGeneric' } as const;

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

// A page names the same few hundred moments again and again.
const MOST = 4_000;
const known = new WeakMap<Intl.DateTimeFormat, Map<string, Parts>>();

function parts(when: string, zone: string, options: Intl.DateTimeFormatOptions): Parts {
	const isDay = !when.includes('T') && !when.includes(' ');
	const format = formatter(`${getLocale()}-CA`, isDay ? 'UTC' : zone, options);
	let ofFormat = known.get(format);
	if (!ofFormat || ofFormat.size > MOST) known.set(format, (ofFormat = new Map()));
	let found = ofFormat.get(when);
	if (!found) {
		found = {};
		for (const { type, value } of format.formatToParts(new Date(when))) found[type] ??= value;
		ofFormat.set(when, found);
	}
	return found;
}

/** A day of the month as one says it: "23", and "1er" in French. */
function number(day: string | undefined) {
	return getLocale() === 'fr' && day === '1' ? '1er' : (day ?? '');
}

function dayOfMonth(day: string | undefined, month: string | undefined) {
	return getLocale() === 'fr' ? `${number(day)}${NBSP}${month}` : `${month}${NBSP}${day}`;
}

function withYear(dayAndMonth: string, year: string | undefined) {
	return getLocale() === 'fr' ? `${dayAndMonth} ${year}` : `${dayAndMonth}, ${year}`;
}

/** "Wednesday, November 23, 2016", "mercredi 23 novembre 2016". `when` is a day or a moment. */
export function day(when: string, zone = NETWORK_ZONE): string {
	const { weekday } = parts(when, zone, FULL);
	return getLocale() === 'fr'
		? `${weekday} ${date(when, zone)}`
		: `${weekday}, ${date(when, zone)}`;
}

/** "November 23, 2016", without the day of the week. */
export function date(when: string, zone = NETWORK_ZONE): string {
	const { day, month, year } = parts(when, zone, LONG);
	return withYear(dayOfMonth(day, month), year);
}

/** "November 23": for what lies near. */
export function nearDate(when: string, zone = NETWORK_ZONE): string {
	const { day, month } = parts(when, zone, LONG);
	return dayOfMonth(day, month);
}

/** How much of a date is known. */
export type Precision = 'day' | 'month' | 'year';

/** "November 23, 2016", "January 2015" or "2009": as much of a date as is known. */
export function partialDate(when: string, precision: Precision, zone = NETWORK_ZONE): string {
	if (precision === 'day') return date(when, zone);
	const { month, year } = parts(when, zone, MONTH);
	return precision === 'month' ? `${month} ${year}` : (year ?? '');
}

/**
 * "November 23 to 24, 2011", "du 23 au 24 novembre 2011": the days of a forum, as `2011-11-23`. What both
 * share is written once; one day is written in full. "May 2011", "2009" where no more is known.
 */
export function dates(first: string, last: string, precision: Precision = 'day'): string {
	if (precision !== 'day') {
		return [...new Set([first, last].map((when) => partialDate(when, precision)))].join('–');
	}
	if (first === last) return day(first);
	const from = parts(first, NETWORK_ZONE, LONG);
	const to = parts(last, NETWORK_ZONE, LONG);
	if (from.year !== to.year) {
		return m.shared_dates_from_to({ from: date(first), to: date(last) });
	}
	const sameMonth = from.month === to.month;
	const isFrench = getLocale() === 'fr';
	return m.shared_dates_two({
		first: sameMonth && isFrench ? number(from.day) : dayOfMonth(from.day, from.month),
		last: sameMonth && !isFrench ? number(to.day) : dayOfMonth(to.day, to.month),
		year: to.year ?? ''
	});
}

/** "1:15 p.m.", "13 h 15", in the given zone. */
export function hour(when: string, zone: string): string {
	if (getLocale() === 'fr') {
		const { hour, minute } = parts(when, zone, HOURS_24);
		return `${Number(hour)}${NBSP}h${minute === '00' ? '' : NBSP + minute}`;
	}
	const { hour, minute, dayPeriod } = parts(when, zone, HOURS_12);
	return `${hour}:${minute}${NBSP}${dayPeriod?.toLowerCase().startsWith('a') ? 'a.m.' : 'p.m.'}`;
}

const zones: Record<string, () => string> = {
	'Newfoundland Time': m.shared_zone_newfoundland,
	'Atlantic Time': m.shared_zone_atlantic,
	'Eastern Time': m.shared_zone_eastern,
	'Central Time': m.shared_zone_central,
	'Mountain Time': m.shared_zone_mountain,
	'Pacific Time': m.shared_zone_pacific
};

const zoneNames = new Map<string, string>();

/** "Central Time", "heure du Centre", "Central Standard Time" in Regina. `zone` is an IANA name. */
export function zoneName(zone: string): string {
	// Where clocks are not turned, as in Saskatchewan and Yukon, the zone has a name of its own.
	return zones[named(zone, 'en-CA')]?.() ?? named(zone, `${getLocale()}-CA`);
}

function named(zone: string, locale: string): string {
	const key = `${locale} ${zone}`;
	let name = zoneNames.get(key);
	if (name === undefined) {
		const parts = formatter(locale, zone, ZONE_NAME).formatToParts(new Date());
		name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
		zoneNames.set(key, name);
	}
	return name;
}

/** The day on which a moment falls in a zone, as `2016-11-23`. */
export function dayIn(zone: string, when: Date): string {
	const found: Parts = {};
	for (const { type, value } of formatter('en-CA', zone, ISO_DAY).formatToParts(when))
		found[type] ??= value;
	return `${found.year}-${found.month}-${found.day}`;
}

/** "Friday, November 12, 2027 at 5:00 p.m.", where the page names the zone once. */
export function dayAndHour(when: string, zone = NETWORK_ZONE): string {
	return m.shared_at({ day: day(when, zone), hour: hour(when, zone) });
}

/** Whether a moment falls on the present day of a zone. */
export function isToday(when: string, zone = NETWORK_ZONE, now = new Date()): boolean {
	const at = new Date(when);
	// Asked for each post of a page: two days apart needs no calendar.
	if (Math.abs(now.getTime() - at.getTime()) > 2 * 24 * 60 * 60_000) return false;
	return dayIn(zone, at) === dayIn(zone, now);
}

/** "today, 3:45 p.m.", "November 23, 2016, 3:45 p.m.": where a list or a post has little room. */
export function shortMoment(when: string, zone = NETWORK_ZONE, now = new Date()): string {
	const day = isToday(when, zone, now) ? m.shared_today() : date(when, zone);
	return m.shared_short({ day, hour: hour(when, zone) });
}

/** "Friday, November 12, 2027 at 5:00 p.m. Central Time", "… à 17 h (heure du Centre)": a deadline. */
export function moment(when: string, zone = NETWORK_ZONE): string {
	return m.shared_moment({ at: dayAndHour(when, zone), zone: zoneName(zone) });
}

/** "From Monday, … at 9:00 a.m. to Friday, … at 5:00 p.m. Central Time": the zone is named once. */
export function period(from: string, until: string, zone = NETWORK_ZONE): string {
	return m.shared_period({
		from: dayAndHour(from, zone),
		until: dayAndHour(until, zone),
		zone: zoneName(zone)
	});
}
