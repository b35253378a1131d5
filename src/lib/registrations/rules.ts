/**
 * The day on which registrations for a forum are reduced to counts: twelve months after its last day.
 * Both days as `2027-11-24`; the 29th of February becomes the 28th.
 */
export function deletedOn(lastDay: string): string {
	const [year, ...rest] = lastDay.split('-');
	const day = `${Number(year) + 1}-${rest.join('-')}`;
	return rest.join('-') === '02-29' ? `${Number(year) + 1}-02-28` : day;
}
