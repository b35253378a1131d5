import type { ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { sectorList, sectorName, type Sector } from '$lib/directory/words';
import { moment, period } from '$lib/platform/text/dates';
import { capitalized } from '$lib/platform/text/lists';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { Rendered } from '$lib/platform/text/rendered';
import Secrecy from './parts/Secrecy.svelte';
import VoteRules from './parts/VoteRules.svelte';
import { first, isShown, tieOf, type VoteStatus } from './rules';

interface Vote {
	opens_at: string;
	closes_at: string;
	sectors: string[];
	forum: { time_zone: string };
}

/**
 * A vote with its hours in words, in the zone of the forum, and who may vote. Said by the server alone:
 * browsers do not always agree with it on when a province turns its clocks, and the ballot needs no names
 * of sectors.
 * @param sectors all of them; those that were not offered when the vote opened are not among who may not vote
 */
export function withWords<R extends Vote>(vote: R, sectors: readonly Sector[]) {
	const zone = vote.forum.time_zone;
	const opened = new Date(vote.opens_at);
	const offered = sectors.filter(
		({ added_at, retired_at }) =>
			(!added_at || new Date(added_at) <= opened) && (!retired_at || new Date(retired_at) > opened)
	);
	const codes = offered.map(({ sector }) => sector);
	const left = codes.filter((sector) => !vote.sectors.includes(sector));
	return {
		...vote,
		hours: {
			opens: moment(vote.opens_at, zone),
			closes: moment(vote.closes_at, zone),
			window: period(vote.opens_at, vote.closes_at, zone)
		},
		voters: {
			may: sectorList(sectors, vote.sectors),
			mayNot: capitalized(sectorList(sectors, left))
		}
	};
}

/** The sectors to choose who may vote from, each with its confirmed people; usually those outside government. */
export function sectorsToVote(
	sectors: readonly Sector[],
	voters: { sector: string; people: number }[]
) {
	const people = new Map(voters.map((of) => [of.sector, of.people]));
	const possible = sectors.filter(({ sector, retired_at }) => !retired_at || people.has(sector));
	return {
		options: possible.map(({ sector }) => ({
			value: sector,
			label: sectorName(sectors, sector),
			help: m.votes_new_people({ people: people.get(sector) ?? 0 })
		})),
		usual: possible.filter((it) => !it.counts_as_government).map(({ sector }) => sector)
	};
}

interface Counted {
	opens_at: string;
	closes_at: string;
	ballots_cast: number | null;
	vote_items: {
		priority_id: string;
		result: { picks: number; rank: number; tied: boolean } | null;
	}[];
}

/** Rank and figures of each priority in the latest vote that shows a list; null when none does. */
export function ranksOf(votes: Counted[]) {
	const [latest] = votes
		.filter((vote) => isShown(vote) && vote.vote_items.some(({ result }) => result))
		.sort((a, b) => b.closes_at.localeCompare(a.closes_at));
	if (!latest) return null;
	const results = latest.vote_items.flatMap(({ priority_id, result }) =>
		result ? [[priority_id, result] as const] : []
	);
	const year = latest.opens_at.slice(0, 4);
	return { by: Object.fromEntries(results), cast: latest.ballots_cast ?? 0, year };
}

/** What came first in the latest vote on a list, its ballots and its year; null when none shows a list. */
export function firstOf<Point extends { priority_id: string }>(votes: Counted[], points: Point[]) {
	const ranks = ranksOf(votes);
	if (!ranks) return null;
	const ranked = points
		.flatMap((point) => {
			const result = ranks.by[point.priority_id];
			return result && result.picks > 0 ? [{ point, result, rank: result.rank }] : [];
		})
		.sort((a, b) => a.rank - b.rank);
	const places = first(ranked, 3).map((place, index) => ({ ...place, tie: tieOf(ranked, index) }));
	return places.length > 0 ? { first: places, cast: ranks.cast, year: ranks.year } : null;
}

/**
 * Long texts of a ballot's page that nothing on it changes, rendered here so that a phone loads no words twice.
 * @param inDocument whether the HTML is sent as a document, which holds it already
 */
export function fixedParts(vote: ComponentProps<typeof VoteRules>['vote'], inDocument: boolean) {
	const part = (body: string) => {
		const html = body.replaceAll(/<!--.*?-->/g, '');
		return inDocument ? new Rendered(html) : html;
	};
	return {
		rules: part(render(VoteRules, { props: { vote } }).body),
		secrecy: part(render(Secrecy).body),
		faults: {
			none_and_picks: m.votes_refusal_none_and_picks(),
			ballot_empty: m.votes_refusal_ballot_empty(),
			too_many_picks: m.votes_refusal_too_many_picks({ picked: '#', allowed: vote.choices }),
			too_many_stars: m.votes_refusal_too_many_stars({ allowed: vote.stars })
		}
	};
}

interface Closed {
	hours: { opens: string; closes: string };
	forum: { name_en: string; name_fr: string };
}

/** Why somebody sees no ballot: not on the voters' list, too early, too late, or counted. */
export function closedWords(vote: Closed, status: VoteStatus, mayVote: boolean) {
	const counted = status === 'counted';
	const titles = {
		ahead: m.votes_ahead_title,
		open: m.votes_not_voter_title,
		closed: m.votes_closed_title,
		counted: m.votes_counted_title
	};
	const lead = () => {
		if (counted) return m.votes_organize_counted_lead();
		if (!mayVote) return m.votes_not_voter_text({ forum: pair(vote.forum, 'name') });
		return status === 'ahead'
			? m.votes_ahead_text({ moment: vote.hours.opens })
			: m.votes_closed_text({ moment: vote.hours.closes });
	};
	return {
		title: titles[mayVote || counted ? status : 'open'](),
		lead: lead(),
		help: !mayVote && !counted ? m.votes_not_voter_help() : null,
		result: counted ? m.votes_read_result() : m.votes_follow()
	};
}
