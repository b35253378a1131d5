import { TZDate } from '@date-fns/tz';
import { differenceInCalendarDays } from 'date-fns';
import { NETWORK_ZONE } from './dates';

/** Calendar days from today until a moment, in the zone where it happens; negative once past. */
export function daysUntil(when: string, zone = NETWORK_ZONE, now = new Date()): number {
	return differenceInCalendarDays(new TZDate(when, zone), new TZDate(now.getTime(), zone));
}
