import * as mail from '$lib/mail/data.server';
import { serviceClient } from '$lib/platform/db/client.server';
import { logger } from '$lib/platform/log.server';
import * as privacy from './data.server';

const DAY = 24 * 60 * 60_000;

/** Erases what has been kept long enough. Repeatable; says in the log what it did, in numbers. */
export async function tidy(): Promise<void> {
	const db = await serviceClient();
	const emails = await mail.tidy(db);
	const deleted = await privacy.deleteOldData(db);
	logger.info({ emails, deleted }, 'tidied');
}

/** Tidies now and once a day, for as long as the process lives. */
export function startRetention(): void {
	const run = () => void tidy().catch(({ name }: Error) => logger.error({ name }, 'not tidied'));
	setInterval(run, DAY).unref();
	run();
}
