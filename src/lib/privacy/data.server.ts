import { answer, type Db } from '$lib/shared/db.server';

/** Everything that is kept about whoever asks, by place. */
export function mine(db: Db) {
	return answer(db.rpc('my_data', {}, { get: true }));
}

/** Erases the account of whoever asks. Posts stay, without an author. */
export function eraseMe(db: Db) {
	return answer(db.rpc('erase_me'));
}
