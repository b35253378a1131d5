import { answer, type Db } from '$lib/shared/db.server';

const COMMITTEE =
	'slug, name_en, name_fr, description_en, description_fr, duties_en, duties_fr, meets_en, meets_fr, regions (region_id, label_en, label_fr, province, held)';
const MEMBER =
	'membership_id, person_id, duty, person:people (name, organization_name), region:regions (label_en, label_fr)';

/** The committees with their regional seats, as anyone reads them. */
export function list(db: Db) {
	return answer(
		db
			.from('committees')
			.select(COMMITTEE)
			.order('position')
			.order('position', { referencedTable: 'regions' })
			.limit(50)
			.limit(100, { referencedTable: 'regions' })
	);
}

/** One committee as anyone reads it, or null. */
export function bySlug(db: Db, slug: string) {
	return answer(
		db
			.from('committees')
			.select(COMMITTEE)
			.eq('slug', slug)
			.order('position', { referencedTable: 'regions' })
			.limit(100, { referencedTable: 'regions' })
			.maybeSingle()
	);
}

/**
 * One committee with those members that the reader may see: all of them for a member or an
 * organizer, nobody for anyone else. Null when there is no such committee.
 */
export function withMembers(db: Db, slug: string) {
	const now = new Date().toISOString();
	return answer(
		db
			.from('committees')
			.select(`${COMMITTEE}, memberships (${MEMBER})`)
			.eq('slug', slug)
			.lte('memberships.starts_at', now)
			.or(`ends_at.is.null,ends_at.gt.${now}`, { referencedTable: 'memberships' })
			.order('position', { referencedTable: 'regions' })
			.order('duty', { referencedTable: 'memberships', ascending: false })
			.order('starts_at', { referencedTable: 'memberships' })
			.order('membership_id', { referencedTable: 'memberships' })
			.limit(100, { referencedTable: 'regions' })
			.limit(200, { referencedTable: 'memberships' })
			.maybeSingle()
	);
}

/** All committees, each with whether this person sits on it today. */
export async function withMine(db: Db, personId: string) {
	const now = new Date().toISOString();
	const all = await answer(
		db
			.from('committees')
			.select('slug, name_en, name_fr, memberships (membership_id)')
			.eq('memberships.person_id', personId)
			.lte('memberships.starts_at', now)
			.or(`ends_at.is.null,ends_at.gt.${now}`, { referencedTable: 'memberships' })
			.order('position')
			.limit(50)
			.limit(1, { referencedTable: 'memberships' })
	);
	return all.map(({ memberships, ...committee }) => ({
		...committee,
		mine: memberships.length > 0
	}));
}

/** Ends a membership now: one's own, or as a chair or organizer. */
export function endMembership(db: Db, membership: string) {
	return answer(db.rpc('end_membership', { membership_id: membership }));
}
