import { answer, type Db, write } from '$lib/platform/db/client.server';

const COMMITTEE =
	'slug, name_en, name_fr, description_en, description_fr, duties_en, duties_fr, meets_en, meets_fr, seats (seat_id, label_en, label_fr, province, held, sample)';

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

/** The same, and whether this person sits on any of them today. */
export async function listFor(db: Db, personId: string) {
	const rows = await answer(
		db
			.from('committees')
			.select(`${COMMITTEE}, memberships:current_memberships (membership_id)`)
			.eq('memberships.person_id', personId)
			.order('position')
			.order('position', { referencedTable: 'seats' })
			.limit(50)
			.limit(100, { referencedTable: 'seats' })
			.limit(1, { referencedTable: 'memberships' })
	);
	return {
		all: rows.map(({ memberships: _, ...committee }) => committee),
		mine: rows.some(({ memberships }) => memberships.length > 0)
	};
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
	return write(db.rpc('end_membership', { membership_id: membership }), []);
}
