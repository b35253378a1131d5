import { wake } from '$lib/platform/jobs/worker.server';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import { Refusal } from '$lib/platform/db/refusal';
import { instantIn, localIn } from '$lib/platform/text/days';
import type { z } from 'zod';
import { previewSchema, type releaseSchema, type sessionSchema } from './schema';

/** A forum with its whole program; `spots_left` is null where no sign-up is needed. */
export function program(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, place_en, place_fr, city, time_zone, starts_on, ends_on, date_precision, sample,
				registration_opens_at, registration_closes_at, registration_closed_at, published_at, cancelled_at,
				capacity_in_person, capacity_online, spots_in_person, spots_online,
				sessions (session_id, kind, title_en, title_fr, summary_en, summary_fr, position, starts_at, ends_at,
					room_en, room_fr, format, language, interpretation, closed_to_government, sign_up, spots_left),
				program_releases (number, note_en, note_fr, released_at, changes, since)`
			)
			.eq('slug', slug)
			.order('position', { referencedTable: 'sessions' })
			.limit(200, { referencedTable: 'sessions' })
			.order('number', { referencedTable: 'program_releases', ascending: false })
			.limit(1, { referencedTable: 'program_releases' })
			.maybeSingle()
	);
}

/**
 * One person's own day: how they are registered, which sessions they signed up for, and when all are. Organizers may read
 * everybody's rows, hence the person in the question.
 */
export async function mine(db: Db, forumId: string, personId: string) {
	const day = await answer(
		db
			.from('forums')
			.select(
				`registrations (status, mode),
				session_waits (session_id, offered_until, sessions (title_en, title_fr)),
				signups (session_id, sessions (title_en, title_fr, room_en, room_fr, format, language, starts_at, ends_at, version)),
				sessions (session_id, starts_at, ends_at, format, sign_up, closed_to_government, spots_left)`
			)
			.eq('forum_id', forumId)
			.eq('registrations.person_id', personId)
			.eq('signups.person_id', personId)
			.eq('session_waits.person_id', personId)
			.order('queued_at', { referencedTable: 'session_waits' })
			.limit(100, { referencedTable: 'session_waits' })
			.limit(1, { referencedTable: 'registrations' })
			.order('during', { referencedTable: 'signups' })
			.limit(100, { referencedTable: 'signups' })
			.limit(200, { referencedTable: 'sessions' })
			.maybeSingle()
	);
	return {
		registration: day?.registrations[0] ?? null,
		sessions: day?.sessions ?? [],
		waits: (day?.session_waits ?? []).map(({ sessions, ...wait }) => ({ ...wait, ...sessions })),
		signups: (day?.signups ?? []).map(({ session_id, sessions }) => ({ session_id, ...sessions }))
	};
}

/** Adds a signup for the person who asks; twice is once. */
export function take(db: Db, sessionId: string) {
	return write(db.rpc('sign_up', { session_id: sessionId }), ['sessions']);
}

/** Adds a signup and deletes those at the same time, or changes nothing. */
export async function swap(db: Db, sessionId: string) {
	await write(db.rpc('swap_signup', { session_id: sessionId }), ['sessions']);
	wake();
}

/** Deletes a signup; without one it changes nothing. */
export async function leave(db: Db, sessionId: string) {
	await write(db.rpc('cancel_signup', { session_id: sessionId }), ['sessions']);
	wake();
}

/** Adds the person who asks to the waitlist of a full session; twice is once. @throws Refusal session_has_spots */
export function join(db: Db, sessionId: string) {
	return write(db.rpc('join_session_waitlist', { session_id: sessionId }), ['sessions']);
}

/** Takes the person who asks off a waitlist, or declines the spot that is offered. */
export async function decline(db: Db, sessionId: string) {
	await write(db.rpc('leave_session_waitlist', { session_id: sessionId }), ['sessions']);
	wake();
}

/** Offers spots in sessions that came free. @returns how many sessions have somebody who waits */
export function offerDueSpots(db: Db): Promise<number> {
	return write(db.rpc('offer_due_session_spots'), ['sessions']);
}

const columns =
	'session_id, version, kind, title_en, title_fr, summary_en, summary_fr, position, starts_at, ends_at, room_en, room_fr, format, language, interpretation, closed_to_government, sign_up, capacity';

/** A forum with its whole program as organizers edit it: drafts instead of what is released; or null. */
export async function forEditing(db: Db, slug: string) {
	const forum = await answer(
		db
			.from('forums')
			.select(
				`forum_id, slug, name_en, name_fr, time_zone, starts_on, ends_on, published_at, cancelled_at,
				sessions (${columns}), session_drafts (${columns}), program_releases (number)` as const
			)
			.eq('slug', slug)
			.limit(200, { referencedTable: 'sessions' })
			.limit(200, { referencedTable: 'session_drafts' })
			.order('number', { referencedTable: 'program_releases', ascending: false })
			.limit(1, { referencedTable: 'program_releases' })
			.maybeSingle()
	);
	if (!forum) return null;
	const { sessions: released, session_drafts: drafts, program_releases: releases, ...rest } = forum;
	const of = (list: { session_id: string }[]) => new Set(list.map(({ session_id }) => session_id));
	const [drafted, live] = [of(drafts), of(released)];
	const sessions = [
		...released
			.filter(({ session_id }) => !drafted.has(session_id))
			.map((session) => ({ ...session, draft: null })),
		...drafts.map((session) => ({
			...session,
			draft: live.has(session.session_id) ? ('changed' as const) : ('new' as const)
		}))
	];
	const start = ({ starts_at }: { starts_at: string | null }) =>
		starts_at ? new Date(starts_at).getTime() : Infinity;
	sessions.sort((a, b) => (start(a) === start(b) ? a.position - b.position : start(a) - start(b)));
	return { ...rest, sessions, number: releases[0]?.number ?? 0 };
}

/** What the next release changes, and the names of people whose sessions would overlap, where they may be seen. */
export async function preview(db: Db, forumId: string) {
	const found = previewSchema.parse(
		await answer(db.rpc('program_preview', { forum_id: forumId }, { get: true }))
	);
	const ids = found.overlaps.map(({ signup_id }) => signup_id).slice(0, 100);
	const rows =
		ids.length > 0
			? await answer(db.from('signups').select('signup_id, people (name)').in('signup_id', ids))
			: [];
	return { found, names: new Map(rows.map(({ signup_id, people }) => [signup_id, people.name])) };
}

/**
 * Releases the program as the next version. @returns its number
 * @throws Refusal program_changed, program_incomplete, program_unchanged and others
 */
export async function release(
	db: Db,
	forumId: string,
	{ seen, note_en, note_fr }: z.output<typeof releaseSchema>
) {
	const args = { forum_id: forumId, seen, note_en, note_fr };
	const number = await write(db.rpc('release_program', args), ['sessions']);
	wake();
	return number;
}

/** Who is signed up for a session, as far as organizers may know, and how many wait. */
export async function concerned(db: Db, sessionId: string) {
	const session = await answer(
		db
			.from('sessions')
			.select('waiting, signups (signup_id, people (name))')
			.eq('session_id', sessionId)
			.limit(200, { referencedTable: 'signups' })
			.maybeSingle()
	);
	return {
		waiting: session?.waiting ?? 0,
		names: (session?.signups ?? []).map(({ people }) => people.name).sort()
	};
}

/**
 * Adds a session or saves one.
 * @param forum whose program it belongs to, with the zone of the times
 * @returns its id
 * @throws Refusal session_changed, session_outside_forum, session_has_signups and others
 */
export async function save(
	db: Db,
	forum: { forum_id: string; time_zone: string },
	{ session, starts_at, ends_at, ...rest }: z.output<typeof sessionSchema>
) {
	const moment = (local: string) => {
		if (local === '') return null;
		const found = instantIn(forum.time_zone, local);
		if (!found) throw new Refusal('no_such_moment', 422);
		return found;
	};
	// The types of the API know no null in arguments; the verb takes it.
	const fields = {
		...rest,
		session_id: session || null,
		forum_id: forum.forum_id,
		starts_at: moment(starts_at),
		ends_at: moment(ends_at)
	};
	const id = await write(db.rpc('save_session', fields as never), ['sessions']);
	wake();
	return id;
}

/** Deletes a session; who signed up or waits gets an email. @throws Refusal session_begun_with_signups */
export async function remove(db: Db, sessionId: string) {
	await write(db.rpc('delete_session', { session_id: sessionId }), ['sessions']);
	wake();
}

type ForEditing = NonNullable<Awaited<ReturnType<typeof forEditing>>>;

/** A session as the fields of its form have it, with the times in the forum's zone. */
export function fieldsOf({ time_zone }: ForEditing, session: ForEditing['sessions'][number]) {
	return {
		version: session.version,
		kind: session.kind,
		title_en: session.title_en,
		title_fr: session.title_fr,
		summary_en: session.summary_en,
		summary_fr: session.summary_fr,
		starts_at: localIn(time_zone, session.starts_at),
		ends_at: localIn(time_zone, session.ends_at),
		room_en: session.room_en,
		room_fr: session.room_fr,
		format: session.format ?? '',
		language: session.language ?? '',
		interpretation: session.interpretation ?? '',
		closed_to_government: session.closed_to_government ? 'on' : '',
		sign_up: session.sign_up ? 'on' : '',
		capacity: session.capacity ?? ''
	};
}
