import { answer, type Db, serviceClient, write } from '$lib/platform/db/client.server';
import { noteDeletion, notedDeletions } from '$lib/platform/deletions.server';
import { logger } from '$lib/platform/log.server';
import { wake } from '$lib/platform/jobs/worker.server';

/** All data about the person who asks, by table. */
export function mine(db: Db) {
	return answer(db.rpc('export_my_data', {}, { get: true }));
}

/** Deletes what is past its retention. @returns how much, by table */
export function deleteOldData(db: Db) {
	return write(db.rpc('delete_old_data'), ['forums', 'registrations', 'sessions']);
}

/**
 * Deletes the account of the person who asks. Posts stay, without an author.
 * @param account its id, noted outside of the database for the day when a backup is restored
 * @throws Refusal last_organizer
 */
export async function deleteMyAccount(db: Db, account: string): Promise<void> {
	await write(db.rpc('delete_my_account'), ['registrations', 'sessions']);
	await noteDeletion(account);
	wake();
}

/** At the start: accounts that were deleted and are back, since a backup was restored. */
export async function deleteAgain(): Promise<void> {
	const hashes = await notedDeletions();
	if (hashes.length === 0) return;
	const db = await serviceClient();
	const deleted = await write(db.rpc('delete_again', { hashes }), ['registrations', 'sessions']);
	if (deleted > 0) logger.warn({ deleted }, 'accounts deleted again after a restore');
}
