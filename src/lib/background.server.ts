import { domains, emails } from './domains';
import { sendEmails } from './mail/jobs.server';
import { openTransport } from './mail/transport.server';
import { backend, beforeClose, serviceClient } from './platform/db/client.server';
import { startClock } from './platform/jobs/clock.server';
import * as queue from './platform/jobs/data.server';
import type { Job } from './platform/jobs/job';
import { startWorker } from './platform/jobs/worker.server';
import { readSettings } from './platform/settings.server';

const slot = Symbol.for('convergence.background');
const shared = globalThis as unknown as Record<symbol, (() => Promise<void>) | undefined>;

/**
 * Does what domains need before the site listens, and runs their jobs in this process, unless
 * `WORKER=separate` leaves them to `npm run worker`.
 */
export async function startBackground(): Promise<void> {
	for (const { atStart } of domains) await atStart?.();
	const { worker } = readSettings();
	if (worker === 'separate') return;
	// In development this module is loaded again while the process lives.
	await shared[slot]?.();
	const db = await serviceClient();
	const jobs = await allJobs();
	const stopWorker = startWorker(
		jobs,
		{
			claim: (...wanted) => queue.claim(db, ...wanted),
			settle: (...outcome) => queue.settle(db, ...outcome)
		},
		db,
		// Nobody wakes it: what the web processes queue is found by looking.
		worker === 'alone' ? { poll: 1_000 } : {}
	);
	const stopClock = startClock(jobs, (kind, onceKey, expiresAt) =>
		queue.queue(db, kind, { onceKey, expiresAt })
	);
	shared[slot] = async () => {
		stopClock();
		await stopWorker();
	};
	beforeClose(shared[slot]);
}

async function allJobs(): Promise<Job[]> {
	const { smtpUrl, mailFrom, origin, network } = readSettings();
	const { jobs = [] } = await backend();
	const all = [...domains.flatMap((domain) => domain.jobs ?? []), ...jobs];
	// Without a mail server emails wait, for the mailbox of the sample network.
	if (!smtpUrl) return all;
	const from = mailFrom ?? 'Convergence <no-reply@localhost>';
	return [...all, sendEmails(emails, openTransport(smtpUrl, from, network.contact), origin, from)];
}
