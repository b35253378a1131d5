import { moment } from '$lib/shared/dates';

interface Round {
	opens_at: string;
	closes_at: string;
	forum: { time_zone: string };
}

/**
 * A round with its hours in words, in the zone of the forum. Said by the server alone: browsers do
 * not always agree with it on when a province turns its clocks.
 */
export function withHours<R extends Round>(round: R) {
	const zone = round.forum.time_zone;
	return {
		...round,
		hours: { opens: moment(round.opens_at, zone), closes: moment(round.closes_at, zone) }
	};
}
