import { answer, type Db, write } from '$lib/platform/db/client.server';

/** Everything that is kept about whoever asks, by place. */
export function mine(db: Db) {
	return answer(db.rpc('export_my_data', {}, { get: true }));
}

/** Erases the account of whoever asks. Posts stay, without an author. */
export function deleteMyAccount(db: Db) {
	return write(db.rpc('delete_my_account'), ['registrations', 'sessions']);
}
