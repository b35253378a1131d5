import { answer, type Db } from '$lib/platform/db/client.server';
import type { Tables } from '$lib/platform/db/types';

type Membership = Tables<'memberships'>;

const COMMITTEE =
	'slug, name_en, name_fr, description_en, description_fr, duties_en, duties_fr, meets_en, meets_fr, seats (seat_id, label_en, label_fr, province, held)';
const MEMBER =
	'membership_id, person_id, duty, person:people (name, organization_name), seat:seats (label_en, label_fr)';

/** The committees with their regional seats, as anyone reads them. */
export function list(db: Db) {
	return answer(
		db
			.from('committees')
			.select(COMMITTEE)
			.order('position')
			.order('position', { referencedTable: 'seats' })
			.limit(50)
			.limit(100, { referencedTable: 'seats' })
	);
}

/** One committee as anyone reads it, or null. */
export function bySlug(db: Db, slug: string) {
	return answer(
		db
			.from('committees')
			.select(COMMITTEE)
			.eq('slug', slug)
			.order('position', { referencedTable: 'seats' })
			.limit(100, { referencedTable: 'seats' })
			.maybeSingle()
	);
}

/**
 * One committee with those members that the reader may see: all of them for a member or an
 * organizer, nobody for anyone else. Null when there is no such committee.
 */
export function withMembers(db: Db, slug: string) {
	return answer(
		db
			.from('committees')
			.select(`${COMMITTEE}, memberships:current_memberships (${MEMBER})`)
			.eq('slug', slug)
			.order('position', { referencedTable: 'seats' })
			.order('duty', { referencedTable: 'memberships', ascending: false })
			.order('starts_at', { referencedTable: 'memberships' })
			.order('membership_id', { referencedTable: 'memberships' })
			.limit(100, { referencedTable: 'seats' })
			.limit(200, { referencedTable: 'memberships' })
			.maybeSingle()
			// Generated types take every column of a view for nullable.
			.overrideTypes<{ memberships: Pick<Membership, 'membership_id' | 'person_id' | 'duty'>[] }>()
	);
}

/** All committees, each with whether this person sits on it today. */
export async function withMine(db: Db, personId: string) {
	const all = await answer(
		db
			.from('committees')
			.select('slug, name_en, name_fr, memberships:current_memberships (membership_id)')
			.eq('memberships.person_id', personId)
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
