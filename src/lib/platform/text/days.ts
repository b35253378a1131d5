import { TZDate, tz } from '@date-fns/tz';
import { differenceInCalendarDays, parseISO } from 'date-fns';
import { dayIn, NETWORK_ZONE } from './dates';

/** Calendar days from today until a moment, in the zone where it happens; negative once past. */
export function daysUntil(when: string, zone = NETWORK_ZONE, now = new Date()): number {
	return differenceInCalendarDays(
		parseISO(dayIn(zone, new Date(when))),
		parseISO(dayIn(zone, now))
	);
}

/** Whether something closes within a week: before, its colour would press for nothing. */
export function isSoon(closes: string, zone: string, now = new Date()): boolean {
	return daysUntil(closes, zone, now) <= 7;
}

/**
 * The moment of a local time: "2027-11-12T17:00" in a zone, as ISO in UTC; null for one that no calendar or
 * clock shows there, such as 31 February or the hour that is left out in spring.
 */
export function instantIn(zone: string, local: string): string | null {
	const time = parseISO(local, { in: tz(zone) }).getTime();
	if (Number.isNaN(time)) return null;
	const shown = new TZDate(time, zone).toISOString().slice(0, 16);
	return shown === local.slice(0, 16) ? new Date(time).toISOString() : null;
}

/** A moment as a field for date and time has it, in a zone: "2027-11-12T17:00"; empty for none. */
export function localIn(zone: string, when: string | null): string {
	return when === null ? '' : new TZDate(when, zone).toISOString().slice(0, 16);
}
