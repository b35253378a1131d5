import { answer, type Db, write } from '$lib/platform/db/client.server';
import { keyOf } from '$lib/platform/db/key.server';
import { wake } from '$lib/platform/jobs/worker.server';
import { type MailingInput, overviewSchema, receivedSchema } from './schema';

/** How many people an email can reach, and what was sent. Organizers only. */
export async function overview(db: Db, forum_id: string) {
	return overviewSchema.parse(await answer(db.rpc('mailings_of', { forum_id }, { get: true })));
}

/** What organizers of a forum wrote to the person who asks, newest first. */
export async function received(db: Db, slug: string) {
	return receivedSchema.parse(await answer(db.rpc('my_mailings', { slug }, { get: true })));
}

/**
 * Emails the people of a forum, each in their language; the same form twice is one email.
 * @returns how many
 * @throws Refusal mailing_to_nobody, too_many_mailings
 */
export async function send(db: Db, { forum, key, ...mailing }: MailingInput) {
	const { subject_en, subject_fr, text_en, text_fr, statuses } = mailing;
	const words = [subject_en, subject_fr, text_en, text_fr, ...statuses];
	const mailing_id = keyOf(key, ...words);
	const count = await write(
		db.rpc('send_mailing', { ...mailing, forum_id: forum, mailing_id }),
		[]
	);
	wake();
	return count;
}

/** Reminds confirmed people of forums. @returns how many */
export function remindPeople(db: Db): Promise<number> {
	return write(db.rpc('remind_people'), []);
}
