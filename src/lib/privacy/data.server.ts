import { answer, type Db, write } from '$lib/platform/db/client.server';
import { wake } from '$lib/platform/jobs/worker.server';

/** Everything that is kept about whoever asks, by place. */
export function mine(db: Db) {
	return answer(db.rpc('export_my_data', {}, { get: true }));
}

/** Deletes what has been kept long enough. @returns how much, by table */
export function deleteOldData(db: Db) {
	return write(db.rpc('delete_old_data'), ['forums', 'registrations', 'sessions']);
}

/** Erases the account of whoever asks. Posts stay, without an author. */
export async function deleteMyAccount(db: Db): Promise<void> {
	await write(db.rpc('delete_my_account'), ['registrations', 'sessions']);
	wake();
}
