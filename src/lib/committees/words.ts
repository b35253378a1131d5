import type { Enums } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const duties: Record<Enums<'duty'>, () => string> = {
	chair: m.committees_duty_chair,
	regional_representative: m.committees_duty_regional_representative,
	member: m.committees_duty_member
};

/** What a member does in the committee, in the reader's language. */
export function dutyName(duty: Enums<'duty'>): string {
	return duties[duty]();
}

/** "Regional seats held: 8. Open: 3.": seats are places and may be counted in public. */
export function seatsSentence(seats: { held: boolean; sample: boolean }[]): string {
	if (seats.length === 0) return '';
	const held = seats.filter((seat) => seat.held).length;
	const open = seats.length - held;
	const sample = seats.filter((seat) => seat.sample).length;
	const sentence =
		open === 0
			? m.committees_seats_all_held()
			: m.committees_seats_sentence({ held: String(held), open: String(open) });
	return sample === 0
		? sentence
		: `${sentence} ${m.committees_seats_sample({ sample: String(sample), total: String(seats.length) })}`;
}
