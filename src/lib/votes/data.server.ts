import { randomUUID } from 'node:crypto';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import { Refusal } from '$lib/platform/db/refusal';
import { wake } from '$lib/platform/jobs/worker.server';
import { destroyKey, makeKey, readKey } from '$lib/platform/keys.server';
import { longestList } from '$lib/priorities/data.server';
import type { BallotInput, VoteInput } from './schema';

/** A vote with its locked list and its forum, for the ballot. Null when there is none. */
export function vote(db: Db, id: string) {
	return answer(
		db
			.from('votes')
			.select(
				`vote_id, title_en, title_fr, mode, opens_at, closes_at, choices, stars, quorum, sectors,
				voters_count, counted_at, ballots_cast, sample, turnout,
				forum:forums (slug, name_en, name_fr, time_zone),
				vote_items (priority_id, position, area_en, area_fr, title_en, title_fr, points_en, points_fr)`
			)
			.eq('vote_id', id)
			.order('position', { referencedTable: 'vote_items' })
			.limit(longestList, { referencedTable: 'vote_items' })
			.maybeSingle()
	);
}

/** A vote with its list and, once counted, rank and figures of each item. */
export function result(db: Db, id: string) {
	return answer(
		db
			.from('votes')
			.select(
				`vote_id, title_en, title_fr, opens_at, closes_at, choices, stars, quorum, sectors, voters_count,
				counted_at, ballots_cast, ballots_none, fingerprint, sample, turnout,
				forum:forums (slug, name_en, name_fr, time_zone),
				vote_items (priority_id, position, area_en, area_fr, title_en, title_fr,
					result:results (picks, stars, rank, tied))`
			)
			.eq('vote_id', id)
			.order('position', { referencedTable: 'vote_items' })
			.limit(longestList, { referencedTable: 'vote_items' })
			.maybeSingle()
	);
}

/** A vote as the organizers' pages follows it: no list, and no figure but the turnout. */
export function forOrganizers(db: Db, id: string) {
	return answer(
		db
			.from('votes')
			.select(
				`vote_id, title_en, title_fr, opens_at, closes_at, choices, stars, quorum, sectors, voters_count,
				counted_at, ballots_cast, sample, turnout, forum:forums (slug, name_en, name_fr, time_zone)`
			)
			.eq('vote_id', id)
			.maybeSingle()
	);
}

/** The votes on a forum's list, the latest first. */
export function ofForum(db: Db, slug: string) {
	return answer(
		db
			.from('votes')
			.select(
				`vote_id, title_en, title_fr, opens_at, closes_at, quorum, counted_at, ballots_cast, sample,
				forums!inner (slug, time_zone), vote_items (priority_id, result:results (picks, rank, tied))`
			)
			.eq('forums.slug', slug)
			.order('opens_at', { ascending: false })
			.order('vote_id')
			.limit(20)
			.limit(longestList, { referencedTable: 'vote_items' })
	);
}

/** The rank of a priority in each vote on it, the earliest first. */
export async function ofPriority(db: Db, id: string) {
	const rows = await answer(
		db
			.from('vote_items')
			.select(
				`title_en, title_fr, result:results (picks, rank, tied),
				vote:votes (vote_id, title_en, title_fr, opens_at, closes_at, quorum, counted_at, ballots_cast, sample,
					forum:forums (time_zone))`
			)
			.eq('priority_id', id)
			.order('vote_id')
			.limit(20)
	);
	return rows.sort((a, b) => a.vote.opens_at.localeCompare(b.vote.opens_at));
}

/** The forums that have a list, the latest first and invented ones last: names of areas, latest votes and their results. */
export function listsWithVotes(db: Db) {
	return answer(
		db
			.from('forums')
			.select(
				`slug, name_en, name_fr, city, starts_on, sample, time_zone,
				areas!inner (name_en, name_fr, position, editorial), priorities!inner (priority_id),
				votes (vote_id, title_en, title_fr, opens_at, closes_at, quorum, counted_at, ballots_cast, sample,
					vote_items (priority_id, result:results!inner (picks, rank, tied)))`
			)
			.order('closes_at', { referencedTable: 'votes', ascending: false })
			.limit(5, { referencedTable: 'votes' })
			.limit(1, { referencedTable: 'priorities' })
			.order('position', { referencedTable: 'areas' })
			.limit(20, { referencedTable: 'areas' })
			.order('sample')
			.order('starts_on', { ascending: false })
			.order('slug')
			.limit(50)
	);
}

/** A forum's list as organizers edit it, empty areas included, and its votes. Null when there is none. */
export function listForOrganizers(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, starts_on, published_at,
				areas (area_id, name_en, name_fr, position,
					priorities (priority_id, parent_id, title_en, title_fr, position)),
				votes (vote_id, counted_at)`
			)
			.eq('slug', slug)
			.order('position', { referencedTable: 'areas' })
			.limit(20, { referencedTable: 'areas' })
			.order('position', { referencedTable: 'areas.priorities' })
			.limit(longestList, { referencedTable: 'areas.priorities' })
			.limit(20, { referencedTable: 'votes' })
			.maybeSingle()
	);
}

// A POST: in the address of a GET the key would reach the logs of a gateway.
/**
 * Whether the person may vote, and their own ballot until the count; null without a profile.
 * @throws Refusal vote_key_missing
 */
export async function mine(db: Db, id: string) {
	const [own] = await answer(db.rpc('my_ballot', { vote_id: id, key: await readKey(id) }));
	return own ?? null;
}

/**
 * Casts or replaces the person's ballot. A star whose pick was taken back is no star: without
 * script it stays ticked out of sight.
 * @throws Refusal vote_closed, not_a_voter, too_many_picks and others
 */
export async function cast(db: Db, id: string, { pick, star, none }: BallotInput) {
	return write(
		db.rpc('cast_ballot', {
			vote_id: id,
			key: await readKey(id),
			picks: pick,
			stars: star.filter((starred) => pick.includes(starred)),
			none_of_these: none
		}),
		['turnout']
	);
}

/** Takes the person's ballot back. @throws Refusal vote_closed, not_a_voter */
export function deleteBallot(db: Db, id: string) {
	return write(db.rpc('delete_ballot', { vote_id: id }), ['turnout']);
}

/** A forum before a vote: the points of its list and the votes that were. Null when there is none. */
export function preparation(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, time_zone, registration_closes_at, cancelled_at,
				priorities (priority_id), votes (vote_id, counted_at)`
			)
			.eq('slug', slug)
			.is('priorities.parent_id', null)
			.limit(longestList, { referencedTable: 'priorities' })
			.order('opens_at', { referencedTable: 'votes', ascending: false })
			.limit(20, { referencedTable: 'votes' })
			.maybeSingle()
	);
}

/** How many people of each sector are confirmed for a forum; for organizers. */
export function voters_by_sector(db: Db, forumId: string) {
	return answer(db.rpc('voters_by_sector', { forum_id: forumId }, { get: true }));
}

/**
 * Locks list and voters of a forum and opens the vote. Its key is on the disk before the vote is there.
 * @param closesAt the moment of closing, ISO with offset
 * @returns the id of the vote
 * @throws Refusal vote_open_already, closing_in_the_past, no_voters, quorum_above_voters
 */
export async function open(db: Db, forumId: string, vote: VoteInput, closesAt: string) {
	const { title_en, title_fr, quorum, sectors } = vote;
	const id = randomUUID();
	const key = await makeKey(id);
	try {
		return await write(
			db.rpc('open_vote', {
				vote_id: id,
				key,
				forum_id: forumId,
				title_en,
				title_fr,
				closes_at: closesAt,
				quorum,
				sectors
			}),
			['votes']
		);
	} catch (thrown) {
		// Without an answer the vote may be open: its key stays.
		if (thrown instanceof Refusal) await destroyKey(id);
		throw thrown;
	}
}

/**
 * Counts a vote whose time is over; a job then destroys its key.
 * @throws Refusal vote_still_open, vote_counted_already, vote_key_missing
 */
export async function close(db: Db, id: string) {
	await write(db.rpc('count_vote', { vote_id: id, key: await readKey(id) }), ['votes']);
	wake();
}
