import * as mail from '$lib/mail/data.server';
import * as registrations from '$lib/registrations/data.server';
import { serviceClient } from '$lib/shared/db.server';
import { logger } from '$lib/shared/log.server';

const DAY = 24 * 60 * 60_000;

/** Erases what has been kept long enough. Repeatable; says in the log what it did, in numbers. */
export async function tidy(): Promise<void> {
	const db = await serviceClient();
	const letters = await mail.tidy(db);
	const forums = await registrations.tidy(db);
	logger.info({ letters, forums }, 'tidied');
}

/** Tidies now and once a day, for as long as the process lives. */
export function startTidying(): void {
	const round = () => void tidy().catch(({ name }: Error) => logger.error({ name }, 'not tidied'));
	setInterval(round, DAY).unref();
	round();
}
