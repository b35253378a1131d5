import { answer, type Db, write } from '$lib/platform/db/client.server';

/** A email as the database keeps it: its kind and its facts; the words are put in by emails.ts. */
export type Email = Awaited<ReturnType<typeof claim>>[number];

/** Takes emails to send; each comes back by itself unless it is settled. */
export function claim(db: Db, howMany = 20) {
	return write(db.rpc('claim_emails', { how_many: howMany }), []);
}

/** Records that a email has gone (its address and facts are erased), or why it has not. */
export function settle(db: Db, email: string, failure?: string) {
	return write(db.rpc('settle_email', { email_id: email, failure }), []);
}

/** The latest emails of the sample network, newest first; a refusal anywhere else. */
export function mailbox(db: Db) {
	return answer(db.rpc('mailbox', {}, { get: true }));
}

/** Forgets emails after 30 days. */
export function tidy(db: Db) {
	return write(db.rpc('delete_old_emails'), []);
}
