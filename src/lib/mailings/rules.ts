/** What an email of organizers holds, in characters. */
export const LENGTHS = { subject: { least: 3, most: 100 }, text: { least: 3, most: 4000 } };

/** Whom organizers can email, by the status of the registration. */
export const STATUSES = ['confirmed', 'waitlisted', 'pending'] as const;
export type Reached = (typeof STATUSES)[number];
export type Counts = Record<Reached, number>;

/** How many people an email to these statuses reaches. */
export function reachOf(counts: Counts, statuses: readonly string[]): number {
	return STATUSES.filter((status) => statuses.includes(status)).reduce(
		(sum, status) => sum + counts[status],
		0
	);
}
