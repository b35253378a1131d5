import { answer, type Db, write } from '$lib/platform/db/client.server';
import { wake } from '$lib/platform/jobs/worker.server';

/** All data about the person who asks, by table. */
export function mine(db: Db) {
	return answer(db.rpc('export_my_data', {}, { get: true }));
}

/** Deletes what is past its retention. @returns how much, by table */
export function deleteOldData(db: Db) {
	return write(db.rpc('delete_old_data'), ['forums', 'registrations', 'sessions']);
}

/** Deletes the account of the person who asks. Posts stay, without an author. */
export async function deleteMyAccount(db: Db): Promise<void> {
	await write(db.rpc('delete_my_account'), ['registrations', 'sessions']);
	wake();
}
