import { addYears, formatISO, parseISO } from 'date-fns';

/**
 * The day on which registrations for a forum are reduced to counts: twelve months after its last day.
 * Both days as `2027-11-24`; the 29th of February becomes the 28th.
 */
export function deletedOn(lastDay: string): string {
	return formatISO(addYears(parseISO(lastDay), 1), { representation: 'date' });
}
