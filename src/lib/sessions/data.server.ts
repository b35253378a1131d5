import { answer, type Db } from '$lib/shared/db.server';

/** A forum with its whole programme; `seats_left` is null where no sign-up is needed. */
export function programme(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, place_en, place_fr, city, time_zone, starts_on, ends_on, sample,
				registration_opens_at, registration_closes_at, published_at, cancelled_at,
				capacity_in_person, capacity_online, places_in_person, places_online,
				sessions (session_id, kind, title_en, title_fr, summary_en, summary_fr, position, starts_at, ends_at,
					room_en, room_fr, format, language, interpretation, ngo_only, sign_up, seats_left)`
			)
			.eq('slug', slug)
			.order('position', { referencedTable: 'sessions' })
			.limit(200, { referencedTable: 'sessions' })
			.maybeSingle()
	);
}

/**
 * One person's own day: how they are registered, and in which sessions they sit. Organizers may read
 * everybody's rows, hence the person in the question.
 */
export async function mine(db: Db, forumId: string, personId: string) {
	const day = await answer(
		db
			.from('forums')
			.select(
				`registrations (state, mode),
				seats (session_id, sessions (title_en, title_fr, room_en, room_fr, format, language, starts_at, ends_at))`
			)
			.eq('forum_id', forumId)
			.eq('registrations.person_id', personId)
			.eq('seats.person_id', personId)
			.limit(1, { referencedTable: 'registrations' })
			.order('during', { referencedTable: 'seats' })
			.limit(100, { referencedTable: 'seats' })
			.maybeSingle()
	);
	return {
		registration: day?.registrations[0] ?? null,
		seats: (day?.seats ?? []).map(({ session_id, sessions }) => ({ session_id, ...sessions }))
	};
}

/** Takes a seat for whoever asks; twice is once. */
export function take(db: Db, sessionId: string) {
	return answer(db.rpc('take_seat', { session_id: sessionId }));
}

/** Takes a seat and lets go of those at the same time, or changes nothing. */
export function swap(db: Db, sessionId: string) {
	return answer(db.rpc('swap_seat', { session_id: sessionId }));
}

/** Lets a seat go. */
export function leave(db: Db, sessionId: string) {
	return answer(db.rpc('leave_seat', { session_id: sessionId }));
}
