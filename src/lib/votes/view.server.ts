import { sectorInside, sectorList, type Sector } from '$lib/directory/words';
import { Constants } from '$lib/platform/db/types';
import { moment, period } from '$lib/platform/text/dates';
import { inWords } from '$lib/platform/text/lists';

interface Vote {
	opens_at: string;
	closes_at: string;
	sectors: Sector[];
	forum: { time_zone: string };
}

/**
 * A vote with its hours in words, in the zone of the forum, and who may vote. Said by the server alone:
 * browsers do not always agree with it on when a province turns its clocks, and the ballot needs no names
 * of sectors.
 */
export function withWords<R extends Vote>(vote: R) {
	const zone = vote.forum.time_zone;
	const left = Constants.public.Enums.sector.filter((sector) => !vote.sectors.includes(sector));
	return {
		...vote,
		hours: {
			opens: moment(vote.opens_at, zone),
			closes: moment(vote.closes_at, zone),
			window: period(vote.opens_at, vote.closes_at, zone)
		},
		voters: {
			may: inWords(vote.sectors.map((sector) => sectorInside(sector))),
			mayNot: sectorList(left)
		}
	};
}
