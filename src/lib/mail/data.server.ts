import { answer, type Db } from '$lib/shared/db.server';

/** A letter as the database keeps it: its kind and its facts; the words are put in by letters.ts. */
export type Letter = Awaited<ReturnType<typeof claim>>[number];

/** Takes letters to send; each comes back by itself unless it is settled. */
export function claim(db: Db, howMany = 20) {
	return answer(db.rpc('claim_letters', { how_many: howMany }));
}

/** Records that a letter has gone (its address and facts are erased), or why it has not. */
export function settle(db: Db, letter: string, failure?: string) {
	return answer(db.rpc('settle_letter', { letter_id: letter, failure }));
}

/** The latest letters of the sample network, newest first; a refusal anywhere else. */
export function mailbox(db: Db) {
	return answer(db.rpc('mailbox', {}, { get: true }));
}

/** Forgets letters after 30 days. */
export function tidy(db: Db) {
	return answer(db.rpc('tidy_letters'));
}
