import type { Enums } from '$lib/platform/db/types';
import { answer, type Db } from '$lib/platform/db/client.server';

/** The columns of a forum that heads, lists and forms show. */
export const brief =
	'forum_id, slug, name_en, name_fr, place_en, place_fr, city, format, time_zone, starts_on, ends_on, sample, capacity_in_person, capacity_online, registration_opens_at, registration_closes_at, published_at, cancelled_at, spots_in_person, spots_online';

/** All forums that the reader may see, newest first. */
export function list(db: Db) {
	return answer(
		db
			.from('forums')
			.select(brief)
			.order('starts_on', { ascending: false })
			.order('slug')
			.limit(100)
	);
}

/** One forum with its program and what came of it (list, votes, report), or null. */
export async function bySlug(db: Db, slug: string) {
	const forum = await answer(
		db
			.from('forums')
			.select(
				`${brief}, beside_en, beside_fr, objectives_en, objectives_fr, territory_en, territory_fr, funder_en, funder_fr, participants, participants_qualifier, provinces, sectors,
				sessions (session_id, kind, title_en, title_fr, position, starts_at, ends_at, language, closed_to_government, sign_up),
				priorities (priority_id),
				votes (vote_id, title_en, title_fr, counted_at),
				reports (title_en, title_fr, published_at)` as const
			)
			.eq('slug', slug)
			.lte('reports.published_at', new Date().toISOString())
			.order('position', { referencedTable: 'sessions' })
			.limit(200, { referencedTable: 'sessions' })
			.limit(1, { referencedTable: 'priorities' })
			.order('closes_at', { referencedTable: 'votes' })
			.limit(10, { referencedTable: 'votes' })
			.limit(1, { referencedTable: 'reports' })
			.maybeSingle()
	);
	return (
		forum && {
			...forum,
			provinces: forum.provinces as unknown as Enums<'province'>[],
			sectors: forum.sectors as unknown as Enums<'sector'>[]
		}
	);
}
