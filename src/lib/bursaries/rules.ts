import { addYears, formatISO, parseISO } from 'date-fns';

/** What a request holds, in characters; the constraints say the same. */
export const LENGTHS = { words: 600, reason: 500 };

/** The largest cost of a kind, and the largest budget, in cents. */
export const MOST = { cost: 1_000_000, budget: 100_000_000 };

/** The kinds of cost, in the order of the form. */
export const COSTS = ['travel', 'lodging', 'meals', 'care', 'fee', 'lost_pay', 'other'] as const;
export type Cost = (typeof COSTS)[number];

/** The day on which requests are deleted: twelve months after the last day of the forum. */
export function bursaryDeletedOn(lastDay: string): string {
	return formatISO(addYears(parseISO(lastDay), 1), { representation: 'date' });
}
