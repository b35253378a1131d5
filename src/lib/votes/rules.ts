import { TZDate } from '@date-fns/tz';
import { addDays, set } from 'date-fns';

// The arithmetic of a vote. The database counts with the same rules; a test holds the two together.

/** What the title of a vote holds, in characters; the constraints say the same. */
export const LENGTHS = { title: 160 };

/** What one anonymous ballot says: ids of the picks, and of those that carry a star. */
export interface Ballot {
	picks: string[];
	stars: string[];
}

/** The place of one item; `tied` when another one holds the same rank. */
export interface Place {
	item: string;
	picks: number;
	stars: number;
	rank: number;
	tied: boolean;
}

/**
 * Ranks by the number of ballots that pick an item, equal numbers by stars; what is still equal
 * shares a rank, and the ranks it takes up are skipped: 1, 2, 2, 4.
 * @param items ids of all items; those that nobody picked come last, with a rank too
 */
export function count(ballots: Ballot[], items: string[]): Place[] {
	const figures = items.map((item) => ({
		item,
		picks: ballots.filter(({ picks }) => picks.includes(item)).length,
		stars: ballots.filter(({ picks, stars }) => picks.includes(item) && stars.includes(item)).length
	}));
	return figures
		.map((it) => ({
			...it,
			rank: 1 + figures.filter((other) => order(other, it) < 0).length,
			tied: figures.some((other) => other !== it && order(other, it) === 0)
		}))
		.sort((a, b) => a.rank - b.rank);
}

type Figures = Pick<Place, 'picks' | 'stars'>;

function order(a: Figures, b: Figures): number {
	return b.picks - a.picks || b.stars - a.stars;
}

/** Everyone at the line is in: with ranks 1, 2, 2, 4 the first two are three. */
export function first<Ranked extends { rank: number }>(places: Ranked[], how: number): Ranked[] {
	return places.filter(({ rank }) => rank <= how);
}

/** The place of an item among those that share its rank; undefined when no other shares it. */
export function tieOf(
	places: { rank: number }[],
	index: number
): 'first' | 'middle' | 'last' | undefined {
	const rank = places[index]?.rank;
	const follows = places[index - 1]?.rank === rank;
	const leads = places[index + 1]?.rank === rank;
	if (follows) return leads ? 'middle' : 'last';
	return leads ? 'first' : undefined;
}

/** Whether stars alone put an item ahead of the next, and by which figures. */
export function aheadByStars(
	places: Figures[],
	index: number
): { stars: number; next: number } | undefined {
	const it = places[index];
	const next = places[index + 1];
	if (!it || !next || it.picks === 0 || it.picks !== next.picks || it.stars === next.stars) {
		return undefined;
	}
	return { stars: it.stars, next: next.stars };
}

/** What a ballot's page is at: the choices, others instead of those that are in, the check, or what is in. */
export type BallotStep = 'mark' | 'change' | 'review' | 'cast';

/** What keeps a ballot from being cast, in the order in which the database asks; null when nothing does. */
export function faultOf(
	{ picks, stars, none }: Ballot & { none: boolean },
	most: { choices: number; stars: number }
) {
	if (none && picks.length > 0) return 'none_and_picks';
	if (!none && picks.length === 0) return 'ballot_empty';
	if (picks.length > most.choices) return 'too_many_picks';
	return stars.length > most.stars ? 'too_many_stars' : null;
}

/** Whether two ballots say the same. */
export function isSame(one: Ballot, other: Ballot): boolean {
	const equal = (a: string[], b: string[]) =>
		a.length === b.length && a.every((id) => b.includes(id));
	return equal(one.picks, other.picks) && equal(one.stars, other.stars);
}

/** A part of the whole, 0 to 1; nothing of nothing is 0. */
export function share(part: number, whole: number): number {
	return whole > 0 ? part / whole : 0;
}

/** How many picks a ballot holds: a quarter of the list, between 4 and 12, never more than there is. */
export function choicesFor(items: number): number {
	return Math.min(items, Math.max(4, Math.min(12, Math.round(items / 4))));
}

/** Whether a ballot holds half of the list or more, so that choosing says little. */
export function isWide({ items, choices }: { items: number; choices: number }): boolean {
	return choices * 2 >= items;
}

/**
 * The same order for the same seed, another for another: no item profits from being first.
 * @param seed any text
 */
export function shuffle<T>(items: readonly T[], seed: string): T[] {
	const next = random(seed);
	const shuffled = [...items];
	for (let last = shuffled.length - 1; last > 0; last--) {
		const other = Math.floor(next() * (last + 1));
		[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
	}
	return shuffled;
}

// FNV-1a makes a number of the seed, mulberry32 a row of numbers of it. Neither keeps a secret;
// none is asked for.
function random(seed: string): () => number {
	let state = 0x811c9dc5;
	for (const character of seed) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

interface Listed {
	position: number;
	area_en: string;
	area_fr: string;
}

/** The list by area, areas in the forum's order, items in this person's order. */
export function byArea<Item extends Listed>(items: Item[], seed: string) {
	const inOrder = [...items].sort((a, b) => a.position - b.position);
	const areas = new Map<string, Item[]>();
	for (const item of inOrder) areas.set(item.area_en, [...(areas.get(item.area_en) ?? []), item]);
	return [...areas.values()].map((group) => ({
		area_en: group[0]!.area_en,
		area_fr: group[0]!.area_fr,
		items: shuffle(group, seed + group[0]!.area_en)
	}));
}

export type VoteStatus = 'ahead' | 'open' | 'closed' | 'counted';

/** How far a vote is: it follows from the time, and from the count. */
export function statusOf(
	{
		opens_at,
		closes_at,
		counted_at
	}: { opens_at: string; closes_at: string; counted_at: string | null },
	now = new Date()
): VoteStatus {
	if (counted_at) return 'counted';
	if (new Date(closes_at) <= now) return 'closed';
	return new Date(opens_at) > now ? 'ahead' : 'open';
}

/** Whether a counted list is a list at all: of fewer than five ballots only the turnout is shown. */
export function isShown({ ballots_cast }: { ballots_cast: number | null }): boolean {
	return (ballots_cast ?? 0) >= 5;
}

/** A missed quorum makes the list indicative. */
export function isIndicative({
	ballots_cast,
	quorum
}: {
	ballots_cast: number | null;
	quorum: number;
}): boolean {
	return ballots_cast !== null && ballots_cast < quorum;
}

/** Two weeks from now at five in the afternoon, as a local time of the zone. */
export function usualClosing(zone: string, now = new Date()): string {
	const closing = set(addDays(new TZDate(now.getTime(), zone), 14), {
		hours: 17,
		minutes: 0,
		seconds: 0,
		milliseconds: 0
	});
	return closing.toISOString().slice(0, 16);
}

/** Whether a vote could be opened: there is a list to choose from, and somebody on the voters' list. */
export function mayVoteOn(forum: { priorities: number; confirmed: number }): boolean {
	return forum.priorities > 1 && forum.confirmed > 0;
}
