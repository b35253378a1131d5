import { answer, type Db } from '$lib/platform/db/client.server';

/** The latest emails of the sample network, newest first; a refusal anywhere else. */
export function mailbox(db: Db) {
	return answer(db.rpc('mailbox', {}, { get: true }));
}
