import { answer, type Db } from '$lib/platform/db/client.server';

/** The columns of a forum that heads, lists and forms show. */
export const brief =
	'forum_id, slug, name_en, name_fr, place_en, place_fr, city, format, time_zone, starts_on, ends_on, date_precision, sample, capacity_in_person, capacity_online, registration_opens_at, registration_closes_at, published_at, cancelled_at, spots_in_person, spots_online';

/** Those of a forum's own page besides. */
export const detailed =
	'beside_en, beside_fr, objectives_en, objectives_fr, territory_en, territory_fr, funder_en, funder_fr, participants, participants_qualifier, provinces, sectors';

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
