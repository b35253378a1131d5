import { brief } from '$lib/forums/data.server';
import { answer, type Db } from '$lib/platform/db/client.server';
import type { RegistrationInput } from './schema';

const answers =
	'mode, state, name, language, province, sector, organization_name, waitlist_position';

/** One person's registration for a forum, cancelled ones too, or null. `waitlist_position` counts from 1. */
export function mine(db: Db, forumId: string, personId: string) {
	return answer(
		db
			.from('registrations')
			.select(answers)
			.eq('forum_id', forumId)
			.eq('person_id', personId)
			.maybeSingle()
	);
}

/** A forum and one person's registration for it in one call, or null when there is no such forum. */
export async function withForum(db: Db, slug: string, personId: string) {
	const found = await answer(
		db
			.from('forums')
			.select(`${brief}, registrations (${answers})` as const)
			.eq('slug', slug)
			.eq('registrations.person_id', personId)
			.limit(1, { referencedTable: 'registrations' })
			.maybeSingle()
	);
	if (!found) return null;
	const { registrations, ...forum } = found;
	return { forum, registration: registrations[0] ?? null };
}

/** Where one person stands in all forums. */
export function ofPerson(db: Db, personId: string) {
	return answer(
		db
			.from('registrations')
			.select('forum_id, mode, state, waitlist_position')
			.eq('person_id', personId)
			.order('joined_at')
			.limit(100)
	);
}

/**
 * Registers whoever asks, and saves their profile.
 * @returns `outcome` confirmed, waitlisted or already; `waitlist_position` for those who wait
 */
export async function register(
	db: Db,
	forumId: string,
	{ organization, ...input }: RegistrationInput
) {
	const [outcome] = await answer(
		db.rpc('register', { ...input, organization_name: organization, forum_id: forumId })
	);
	return outcome!;
}

/** Withdraws whoever asks; harmless when they have already. */
export function withdraw(db: Db, forumId: string) {
	return answer(db.rpc('cancel_registration', { forum_id: forumId }));
}

/** Erases registrations and signups of forums over for 12 months. @returns how many forums */
export function deleteOld(db: Db) {
	return answer(db.rpc('delete_old_registrations'));
}
