import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../db/client.server';
import { logger } from '../log.server';
import type { Claimed } from './data.server';
import { PermanentFailure, type Job } from './job';

/** What a worker asks of the table of jobs. */
export interface Queue {
	claim(kinds: string[], howMany: number, leaseSeconds: number): Promise<Claimed[]>;
	settle(job: Claimed, failure?: string, permanent?: boolean): Promise<unknown>;
}

/** All in milliseconds, but for the slots. */
export interface Pace {
	/** How long what another process queued may wait. */
	poll: number;
	/** How long after `wake`: the transaction that queued something may not have ended yet. */
	soon: number;
	/** How long running jobs may take to end when the worker stops. */
	farewell: number;
	/** How many jobs run at once: one slow mail server must not stop the others. */
	slots: number;
}

const usual: Pace = { poll: 5_000, soon: 50, farewell: 4_000, slots: 4 };
const minute = 60;
// A run is ended by its own limit; the lease is for a process that died.
const margin = 30;

const sleepers = new Set<() => void>();

/**
 * Has the worker of this process look for jobs within moments; does nothing where none runs. Called after
 * each verb that queues something: to wake after every verb would cost each a look.
 */
export function wake(): void {
	for (const wakeUp of sleepers) wakeUp();
}

/**
 * Runs jobs as long as the process lives: soon after `wake`, and every few seconds what other
 * processes queued. Several workers may run at once, here or elsewhere.
 * @returns stops: claims nothing more, waits for what runs, and gives back what does not end
 */
export function startWorker(
	jobs: Job[],
	queue: Queue,
	db: Db,
	pace: Partial<Pace> = {}
): () => Promise<void> {
	const { poll, soon, farewell, slots } = { ...usual, ...pace };
	// Apart by their limits, so that a short job never waits for the lease of a long one.
	const limits = [...new Set(jobs.map(limitOf))];
	const lanes = limits.map((limit) =>
		openLane(
			jobs.filter((job) => limitOf(job) === limit),
			{ queue, db, limit, slots }
		)
	);
	const look = () => lanes.forEach((lane) => void lane.look());
	const timer = setInterval(look, poll).unref();
	let waking: NodeJS.Timeout | undefined;
	const wakeUp = () => {
		waking ??= setTimeout(() => {
			waking = undefined;
			look();
		}, soon).unref();
	};
	sleepers.add(wakeUp);
	look();
	return async () => {
		sleepers.delete(wakeUp);
		clearInterval(timer);
		clearTimeout(waking);
		await Promise.all(lanes.map((lane) => lane.close(farewell)));
	};
}

function limitOf({ seconds = minute }: Job): number {
	return seconds;
}

interface Lane {
	look(): Promise<void>;
	close(farewell: number): Promise<void>;
}

/**
 * Jobs of one limit, each in a slot of its own. A slot that gets free looks for the next job only if one
 * may be waiting: a look costs the database as much as a job.
 */
function openLane(
	jobs: Job[],
	{ queue, db, limit, slots }: { queue: Queue; db: Db; limit: number; slots: number }
): Lane {
	const byKind = new Map(jobs.map((job) => [job.kind, job]));
	const running = new Map<Promise<void>, AbortController>();
	let claiming: Promise<void> | undefined;
	let missed = false;
	let waiting = false;
	let closed = false;

	async function look(): Promise<void> {
		if (closed) return;
		if (running.size >= slots) {
			waiting = true;
			return;
		}
		// A job queued while the claim is on its way may not be in its answer.
		if (claiming) {
			missed = true;
			return claiming;
		}
		claiming = claim().catch((thrown) => logger.warn({ failure: codeOf(thrown) }, 'jobs wait'));
		await claiming;
		claiming = undefined;
		if (missed) {
			missed = false;
			await look();
		}
	}

	async function claim(): Promise<void> {
		const free = slots - running.size;
		const claimed = await queue.claim([...byKind.keys()], free, limit + margin);
		waiting = claimed.length === free;
		for (const job of claimed) start(job);
	}

	function start(job: Claimed): void {
		const stopping = new AbortController();
		if (closed) stopping.abort(new Stopped('interrupted'));
		const attempt: Promise<void> = run(job, stopping)
			.catch((thrown) => {
				// It comes back when the lease ends.
				logger.warn({ kind: job.kind, failure: codeOf(thrown) }, 'job not settled');
			})
			.finally(() => {
				running.delete(attempt);
				if (waiting) void look();
			});
		running.set(attempt, stopping);
	}

	async function run(job: Claimed, stopping: AbortController): Promise<void> {
		const { kind, attempt } = job;
		const { signal } = stopping;
		const timer = setTimeout(() => stopping.abort(new Stopped('timeout')), limit * 1000).unref();
		try {
			await untilAborted(signal, () =>
				byKind.get(kind)!.run(job.payload, { id: job.job_id, db, signal })
			);
		} catch (thrown) {
			const failure = codeOf(thrown);
			const permanent = thrown instanceof PermanentFailure;
			logger.warn({ kind, attempt, failure, permanent }, 'job failed');
			await queue.settle(job, failure, permanent);
			return;
		} finally {
			clearTimeout(timer);
		}
		await queue.settle(job);
	}

	async function close(farewell: number): Promise<void> {
		closed = true;
		await claiming;
		const attempts = Promise.all(running.keys());
		await Promise.race([attempts, sleep(farewell)]);
		for (const stopping of running.values()) stopping.abort(new Stopped('interrupted'));
		await attempts;
	}

	return { look, close };
}

/** Why a run was ended from outside. */
class Stopped extends Error {
	override readonly name = 'Stopped';

	constructor(readonly code: 'timeout' | 'interrupted') {
		super(code);
	}
}

async function untilAborted(signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
	signal.throwIfAborted();
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
	});
	await Promise.race([work(), aborted]);
}

// Never the message: a mail server quotes the address in it, and the database the value.
function codeOf(thrown: unknown): string {
	const { code, name } = thrown as { code?: unknown; name?: unknown };
	const known = [code, name].find((word) => typeof word === 'string' && /^\w{1,60}$/.test(word));
	return (known as string | undefined) ?? 'unknown';
}
