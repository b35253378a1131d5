import { brief } from '$lib/forums/data.server';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import { wake } from '$lib/platform/jobs/worker.server';
import type { RegistrationInput } from './schema';

const answers =
	'mode, status, name, language, province, sector, organization_name, waitlist_position';

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

/** The registrations of one person in all forums. */
export function ofPerson(db: Db, personId: string) {
	return answer(
		db
			.from('registrations')
			.select('forum_id, mode, status, waitlist_position')
			.eq('person_id', personId)
			.order('joined_at')
			.limit(100)
	);
}

/**
 * Registers the person who asks, and saves their profile.
 * @returns `outcome` confirmed, waitlisted or already; `waitlist_position` for those who wait
 */
export async function register(db: Db, { organization, forum, ...input }: RegistrationInput) {
	const [outcome] = await write(
		db.rpc('register', { ...input, organization_name: organization, forum_id: forum }),
		['registrations']
	);
	wake();
	return outcome!;
}

/** Cancels the registration of the person who asks; harmless when it is cancelled. */
export async function cancel(db: Db, forumId: string): Promise<void> {
	await write(db.rpc('cancel_registration', { forum_id: forumId }), ['registrations', 'sessions']);
	wake();
}
