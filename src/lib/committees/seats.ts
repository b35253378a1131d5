import { m } from '$lib/shared/i18n/paraglide/messages';

/** "Regional seats held: 8. Open: 3.": seats are places and may be counted in public. */
export function seatsSentence(regions: { held: boolean }[]): string {
	if (regions.length === 0) return '';
	const held = regions.filter((region) => region.held).length;
	const open = regions.length - held;
	return open === 0
		? m.committees_seats_all_held()
		: m.committees_seats_sentence({ held: String(held), open: String(open) });
}
