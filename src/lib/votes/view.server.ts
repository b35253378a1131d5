import { moment, period } from '$lib/platform/text/dates';

interface Vote {
	opens_at: string;
	closes_at: string;
	forum: { time_zone: string };
}

/**
 * A vote with its hours in words, in the zone of the forum. Said by the server alone: browsers do
 * not always agree with it on when a province turns its clocks.
 */
export function withHours<R extends Vote>(vote: R) {
	const zone = vote.forum.time_zone;
	return {
		...vote,
		hours: {
			opens: moment(vote.opens_at, zone),
			closes: moment(vote.closes_at, zone),
			window: period(vote.opens_at, vote.closes_at, zone)
		}
	};
}
