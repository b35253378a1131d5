import type { Enums } from '$lib/shared/database.types';
import { answer, type Db } from '$lib/shared/db.server';
import type { BallotInput, RoundInput } from './schema';

const longestList = 200;

// Guard: lists of an enum are asked for as lists of text. A driver that was opened before the enum
// was made hands such a list over as one text, `{ngo,legal}`.
function withSectors<Round extends { sectors: unknown }>(round: Round) {
	return { ...round, sectors: round.sectors as Enums<'sector'>[] };
}

/** A round with its frozen list and its forum: what the ballot is made of. Null when there is none. */
export async function round(db: Db, id: string) {
	const found = await answer(
		db
			.from('rounds')
			.select(
				`round_id, title_en, title_fr, mode, opens_at, closes_at, choices, stars, quorum, sectors,
				on_roll, counted_at, ballots_cast, sample, turnout,
				forum:forums (slug, name_en, name_fr, time_zone),
				round_items (priority_id, position, area_en, area_fr, title_en, title_fr, points_en, points_fr)`
			)
			.eq('round_id', id)
			.order('position', { referencedTable: 'round_items' })
			.limit(longestList, { referencedTable: 'round_items' })
			.maybeSingle()
	);
	return found && withSectors(found);
}

/** A round with its list and, once counted, rank and figures of each item. */
export async function result(db: Db, id: string) {
	const found = await answer(
		db
			.from('rounds')
			.select(
				`round_id, title_en, title_fr, opens_at, closes_at, choices, stars, quorum, sectors, on_roll,
				counted_at, ballots_cast, ballots_none, fingerprint, sample, turnout,
				forum:forums (slug, name_en, name_fr, time_zone),
				round_items (priority_id, position, area_en, area_fr, title_en, title_fr,
					result:results (picks, stars, rank, tied))`
			)
			.eq('round_id', id)
			.order('position', { referencedTable: 'round_items' })
			.limit(longestList, { referencedTable: 'round_items' })
			.maybeSingle()
	);
	return found && withSectors(found);
}

/** A round as the desk follows it: no list, and no figure but the turnout. */
export async function followed(db: Db, id: string) {
	const found = await answer(
		db
			.from('rounds')
			.select(
				`round_id, title_en, title_fr, opens_at, closes_at, choices, stars, quorum, sectors, on_roll,
				counted_at, ballots_cast, sample, turnout, forum:forums (slug, name_en, name_fr, time_zone)`
			)
			.eq('round_id', id)
			.maybeSingle()
	);
	return found && withSectors(found);
}

/** The votes on a forum's list, the latest first. */
export function ofForum(db: Db, slug: string) {
	return answer(
		db
			.from('rounds')
			.select(
				`round_id, title_en, title_fr, opens_at, closes_at, quorum, counted_at, ballots_cast, sample,
				forums!inner (slug, time_zone)`
			)
			.eq('forums.slug', slug)
			.order('opens_at', { ascending: false })
			.order('round_id')
			.limit(20)
	);
}

/** The rank of a priority in each vote on it, the earliest first. */
export async function ofPriority(db: Db, id: string) {
	const rows = await answer(
		db
			.from('round_items')
			.select(
				`title_en, title_fr, result:results (picks, rank, tied),
				round:rounds (round_id, title_en, title_fr, opens_at, closes_at, quorum, counted_at, ballots_cast, sample,
					forum:forums (time_zone))`
			)
			.eq('priority_id', id)
			.order('round_id')
			.limit(20)
	);
	return rows.sort((a, b) => a.round.opens_at.localeCompare(b.round.opens_at));
}

/** Whether the person may vote, and their own ballot until the count; null without a profile. */
export async function mine(db: Db, id: string) {
	const [own] = await answer(db.rpc('my_ballot', { round_id: id }, { get: true }));
	return own ?? null;
}

/**
 * Casts or replaces the person's ballot. A star whose pick was taken back is no star: without
 * script it stays ticked out of sight.
 * @throws Refusal round_closed, not_on_roll, too_many_picks and others
 */
export function cast(db: Db, id: string, { pick, star, none }: BallotInput) {
	return answer(
		db.rpc('cast_ballot', {
			round_id: id,
			picks: pick,
			stars: star.filter((starred) => pick.includes(starred)),
			none_of_these: none
		})
	);
}

/** Takes the person's ballot back. @throws Refusal round_closed, not_on_roll */
export function withdraw(db: Db, id: string) {
	return answer(db.rpc('withdraw_ballot', { round_id: id }));
}

/** A forum before a vote: the points of its list and the votes that were. Null when there is none. */
export function beforehand(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, time_zone, registration_closes_at, cancelled_at,
				priorities (priority_id), rounds (round_id, counted_at)`
			)
			.eq('slug', slug)
			.is('priorities.parent_id', null)
			.limit(longestList, { referencedTable: 'priorities' })
			.order('opens_at', { referencedTable: 'rounds', ascending: false })
			.limit(20, { referencedTable: 'rounds' })
			.maybeSingle()
	);
}

/** How many people of each sector are confirmed for a forum; for organizers. */
export function electorate(db: Db, forumId: string) {
	return answer(db.rpc('electorate', { forum_id: forumId }, { get: true }));
}

/**
 * Freezes list and roll of a forum and opens the vote.
 * @param closesAt the moment of closing, ISO with offset
 * @returns the id of the round
 * @throws Refusal round_open_already, closing_in_the_past, roll_empty, quorum_above_roll
 */
export function open(db: Db, forumId: string, round: RoundInput, closesAt: string) {
	const { title_en, title_fr, quorum, sectors } = round;
	return answer(
		db.rpc('open_round', {
			forum_id: forumId,
			title_en,
			title_fr,
			closes_at: closesAt,
			quorum,
			sectors
		})
	);
}

/** Counts a round whose time is over. @throws Refusal round_still_open, round_counted_already */
export function close(db: Db, id: string) {
	return answer(db.rpc('close_round', { round_id: id }));
}
