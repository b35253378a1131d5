import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** "Regional seats held: 8. Open: 3.": seats are places and may be counted in public. */
export function seatsSentence(seats: { held: boolean }[]): string {
	if (seats.length === 0) return '';
	const held = seats.filter((seat) => seat.held).length;
	const open = seats.length - held;
	return open === 0
		? m.committees_seats_all_held()
		: m.committees_seats_sentence({ held: String(held), open: String(open) });
}
