import { Cron } from 'croner';
import { logger } from '../log.server';
import type { Job } from './job';

/** Puts one run of a job into the queue; a once-key that is known already changes nothing. */
export type QueueTick = (kind: string, onceKey: string, expiresAt: Date) => Promise<unknown>;

const minute = 60_000;

/**
 * Queues the jobs that have a schedule. The once-key is the moment of the tick, so that of several
 * instances one queues it; a tick that no process was there for is caught up a minute after the
 * start. What was not run by the next tick expires.
 * @returns stops
 */
export function startClock(jobs: Job[], queue: QueueTick, pause = minute): () => void {
	const stops = jobs.map(({ kind, schedule }) => (schedule ? follow(kind, schedule) : () => {}));
	return () => stops.forEach((stop) => stop());

	function follow(kind: string, schedule: string): () => void {
		let again = setTimeout(() => void queueLast(), pause).unref();
		const cron = new Cron(schedule, { timezone: 'UTC', unref: true }, () => void queueLast());
		return () => {
			clearTimeout(again);
			cron.stop();
		};

		async function queueLast(): Promise<void> {
			// The tick of this very second counts as passed.
			const [tick] = cron.previousRuns(1, new Date(Date.now() + 1000));
			const next = cron.nextRun();
			if (!tick || !next) return;
			try {
				await queue(kind, tick.toISOString(), next);
			} catch (thrown) {
				logger.warn({ kind, failure: (thrown as Error).name }, 'job not queued');
				clearTimeout(again);
				again = setTimeout(() => void queueLast(), pause).unref();
			}
		}
	}
}
