import { answer, type Db } from '$lib/platform/db/client.server';
import { pageSchema, type First, type ForumSummary } from './schema';

/** Below this many ballots there is no order to show. */
const FEWEST_BALLOTS = 5;
const QUOTED_RANKS = 3;

/** The forums that anyone may read about, newest first, with what each brought. At most 12. */
export async function story(db: Db): Promise<ForumSummary[]> {
	const forums = await answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, place_en, place_fr, city, starts_on, ends_on, date_precision, time_zone,
				participants, participants_qualifier, registration_opens_at, registration_closes_at,
				registration_closed_at, cancelled_at, sample, sessions(session_id), priorities(priority_id, parent_id), reports(published_at)`
			)
			.order('starts_on', { ascending: false })
			.order('slug')
			.limit(12)
	);
	return forums.map(({ sessions, priorities, reports, ...forum }) => ({
		...forum,
		sessions: sessions.length,
		priorities: priorities.filter(({ parent_id }) => parent_id === null).length,
		reported: reports.some(({ published_at }) => published_at !== null)
	}));
}

/** The head of the list of the latest forum whose vote is counted: ranks 1 to 3 with everyone tied. */
export async function first(db: Db): Promise<First | null> {
	const vote = await answer(
		db
			.from('votes')
			.select(
				`vote_id, title_en, title_fr, voters_count, ballots_cast, quorum, sample, forums!inner(starts_on),
				vote_items(priority_id, position, title_en, title_fr, results(rank))`
			)
			.gte('ballots_cast', FEWEST_BALLOTS)
			.order('forums(starts_on)', { ascending: false })
			.order('counted_at', { ascending: false })
			.order('vote_id')
			.limit(200, { referencedTable: 'vote_items' })
			.limit(1)
			.maybeSingle()
	);
	if (!vote) return null;
	const { vote_items, ballots_cast, forums: _, ...rules } = vote;
	const ranked = vote_items
		.flatMap(({ results, ...item }) => (results ? [{ ...item, rank: results.rank }] : []))
		.filter(({ rank }) => rank <= QUOTED_RANKS)
		.sort((a, b) => a.rank - b.rank || a.position - b.position);
	return { ...rules, ballots_cast: ballots_cast ?? 0, ranked };
}

/** Who asks, and what needs them (`gatheredSchema`; null without a profile). */
export async function page(db: Db) {
	return pageSchema.parse(await answer(db.rpc('home_page', {}, { get: true })));
}
