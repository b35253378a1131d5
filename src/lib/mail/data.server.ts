import { answer, type Db } from '$lib/platform/db/client.server';

/** The latest emails, newest first: of the sample network, or on a trial of the site; a refusal anywhere else. */
export function mailbox(db: Db, trial: boolean) {
	return answer(db.rpc('mailbox', { trial }, { get: true }));
}
