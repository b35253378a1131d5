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
