import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Db } from '$lib/platform/db/client.server';
import { startClock } from '$lib/platform/jobs/clock.server';
import type { Claimed } from '$lib/platform/jobs/data.server';
import { PermanentFailure, type Job } from '$lib/platform/jobs/job';
import { startWorker, wake, type Queue } from '$lib/platform/jobs/worker.server';
import { logger } from '$lib/platform/log.server';
import { readSettings } from '$lib/platform/settings.server';

type Settled = [job: number, failure?: string, permanent?: boolean];

/** A queue in memory, with what was asked of it. */
class FakeQueue implements Queue {
	waiting: Claimed[] = [];
	asked: { kinds: string[]; howMany: number; lease: number }[] = [];
	settled: Settled[] = [];
	private last = 0;

	add(kind: string, payload: unknown = {}): number {
		const job_id = ++this.last;
		this.waiting.push({ job_id, kind, payload, attempt: 1 } as Claimed);
		return job_id;
	}

	async claim(kinds: string[], howMany: number, lease: number): Promise<Claimed[]> {
		this.asked.push({ kinds, howMany, lease });
		const taken = this.waiting.filter(({ kind }) => kinds.includes(kind)).slice(0, howMany);
		this.waiting = this.waiting.filter((job) => !taken.includes(job));
		return taken;
	}

	async settle({ job_id }: Claimed, failure?: string, permanent?: boolean): Promise<void> {
		this.settled.push(failure ? [job_id, failure, permanent] : [job_id]);
	}
}

const db = {} as Db;
let queue: FakeQueue;
let stop: () => Promise<void>;

function work(jobs: Job[], pace = {}): void {
	stop = startWorker(jobs, queue, db, pace);
}

/** Lets what is under way end, and so many milliseconds pass. */
const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

const never = () => new Promise<never>(() => {});

beforeEach(() => {
	vi.useFakeTimers();
	vi.spyOn(logger, 'warn').mockReturnValue();
	queue = new FakeQueue();
	stop = async () => {};
});

afterEach(async () => {
	const stopped = stop();
	await pass(60_000);
	await stopped;
	vi.useRealTimers();
	vi.restoreAllMocks();
});

describe('the worker', () => {
	test('runs what waits, with its payload, and settles it', async () => {
		const run = vi.fn(async () => {});
		const id = queue.add('test_work', { forum: 1 });
		work([{ kind: 'test_work', run }]);
		await pass();
		expect(run).toHaveBeenCalledExactlyOnceWith(
			{ forum: 1 },
			{ id, db, signal: expect.any(AbortSignal) }
		);
		expect(queue.settled).toEqual([[id]]);
	});

	test('looks soon after it was woken, once for many wakings, and now and then by itself', async () => {
		const run = vi.fn(async () => {});
		work([{ kind: 'test_work', run }], { poll: 5000, soon: 50 });
		await pass();
		queue.add('test_work');
		wake();
		wake();
		await pass(49);
		expect(run).not.toHaveBeenCalled();
		await pass(1);
		expect(run).toHaveBeenCalledTimes(1);
		queue.add('test_work');
		await pass(5000);
		expect(run).toHaveBeenCalledTimes(2);
	});

	test('a slow job holds one slot; the others go on', async () => {
		work(
			[{ kind: 'test_work', run: (payload) => (payload === 'slow' ? never() : Promise.resolve()) }],
			{ slots: 2 }
		);
		queue.add('test_work', 'slow');
		const quick = Array.from({ length: 5 }, () => queue.add('test_work', 'quick'));
		wake();
		await pass(100);
		expect(queue.settled).toEqual(quick.map((id) => [id]));
		expect(Math.max(...queue.asked.map(({ howMany }) => howMany))).toBe(2);
	});

	test('ends a run that takes too long; it comes back later', async () => {
		let seen: AbortSignal | undefined;
		const run: Job['run'] = (_, { signal }) => ((seen = signal), never());
		const id = queue.add('test_work');
		work([{ kind: 'test_work', seconds: 10, run }]);
		await pass(10_000);
		expect(queue.settled).toEqual([[id, 'timeout', false]]);
		expect(seen?.aborted).toBe(true);
		expect(queue.asked[0]).toMatchObject({ lease: 40 });
	});

	test('long jobs have a lease of their own, and short ones never wait for them', async () => {
		work([
			{ kind: 'test_short', run: async () => {} },
			{ kind: 'test_long', seconds: 900, run: never }
		]);
		await pass();
		expect(queue.asked.map(({ kinds, lease }) => [kinds, lease])).toEqual([
			[['test_short'], 90],
			[['test_long'], 930]
		]);
	});

	test.each([
		[
			'a code',
			Object.assign(new Error('amira@example.org'), { code: 'ECONNREFUSED' }),
			'ECONNREFUSED',
			false
		],
		['a name', new TypeError('amira@example.org'), 'TypeError', false],
		['neither', 'amira@example.org', 'unknown', false],
		['a code that is a sentence', { code: 'amira is not here' }, 'unknown', false],
		['what is permanent', new PermanentFailure('EENVELOPE'), 'EENVELOPE', true]
	])('settles a failure with %s, never with its message', async (_, thrown, code, permanent) => {
		const id = queue.add('test_work');
		work([{ kind: 'test_work', run: () => Promise.reject(thrown as Error) }]);
		await pass();
		expect(queue.settled).toEqual([[id, code, permanent]]);
		expect(JSON.stringify(vi.mocked(logger.warn).mock.calls)).not.toContain('amira');
	});

	test('a run that throws before it waits fails like any other', async () => {
		const id = queue.add('test_work');
		const run = () => {
			throw new RangeError();
		};
		work([{ kind: 'test_work', run }]);
		await pass();
		expect(queue.settled).toEqual([[id, 'RangeError', false]]);
	});

	test('survives a database that is away, while claiming and while settling', async () => {
		const run = vi.fn(async () => {});
		vi.spyOn(queue, 'claim').mockRejectedValueOnce(new Error('away'));
		vi.spyOn(queue, 'settle').mockRejectedValueOnce(new Error('away'));
		queue.add('test_work');
		work([{ kind: 'test_work', run }], { poll: 1000 });
		await pass();
		expect(run).not.toHaveBeenCalled();
		await pass(1000);
		expect(run).toHaveBeenCalledTimes(1);
		const second = queue.add('test_work');
		await pass(1000);
		expect(queue.settled).toEqual([[second]]);
	});

	test('when it stops, what runs may end, and nothing new begins', async () => {
		const ends: (() => void)[] = [];
		const first = queue.add('test_work');
		work([{ kind: 'test_work', run: () => new Promise<void>((end) => ends.push(end)) }]);
		await pass();
		queue.add('test_work');
		const stopped = stop();
		await pass(1000);
		ends[0]!();
		await stopped;
		wake();
		await pass(60_000);
		expect(queue.settled).toEqual([[first]]);
		expect(queue.waiting).toHaveLength(1);
	});

	test('when it stops, what does not end is given back', async () => {
		const id = queue.add('test_work');
		work([{ kind: 'test_work', run: never }], { farewell: 4000 });
		await pass();
		const stopped = stop();
		await pass(4000);
		await stopped;
		expect(queue.settled).toEqual([[id, 'interrupted', false]]);
	});

	test('what is claimed while it stops is given back without a run', async () => {
		const run = vi.fn(async () => {});
		let answers: (jobs: Claimed[]) => void = () => {};
		vi.spyOn(queue, 'claim').mockReturnValueOnce(new Promise((resolve) => (answers = resolve)));
		work([{ kind: 'test_work', run }]);
		const stopped = stop();
		answers([{ job_id: 1, kind: 'test_work', payload: {}, attempt: 1 } as Claimed]);
		await pass();
		await stopped;
		expect(run).not.toHaveBeenCalled();
		expect(queue.settled).toEqual([[1, 'interrupted', false]]);
	});
});

describe('the clock', () => {
	const hourly: Job = { kind: 'test_hourly', schedule: '0 * * * *', run: async () => {} };
	const unscheduled: Job = { kind: 'test_work', run: async () => {} };

	test('queues each tick under its moment, to be run before the next', async () => {
		vi.setSystemTime('2027-11-24T10:59:58.500Z');
		const queued = vi.fn(async () => {});
		const stopClock = startClock([hourly, unscheduled], queued, 3 * 3_600_000);
		await pass(3_600_000);
		expect(queued.mock.calls).toEqual([
			['test_hourly', '2027-11-24T11:00:00.000Z', new Date('2027-11-24T12:00:00Z')]
		]);
		await pass(3_600_000);
		expect(queued.mock.calls[1]).toEqual([
			'test_hourly',
			'2027-11-24T12:00:00.000Z',
			new Date('2027-11-24T13:00:00Z')
		]);
		stopClock();
		await pass(10 * 3_600_000);
		expect(queued).toHaveBeenCalledTimes(2);
	});

	test('catches up the last tick a minute after the start', async () => {
		vi.setSystemTime('2027-11-24T10:20:00Z');
		const queued = vi.fn(async () => {});
		const stopClock = startClock([hourly], queued);
		await pass(59_000);
		expect(queued).not.toHaveBeenCalled();
		await pass(1_000);
		expect(queued.mock.calls).toEqual([
			['test_hourly', '2027-11-24T10:00:00.000Z', new Date('2027-11-24T11:00:00Z')]
		]);
		stopClock();
	});

	test('tries again when the queue is away', async () => {
		vi.setSystemTime('2027-11-24T10:20:00Z');
		const queued = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('away'));
		const stopClock = startClock([hourly], queued);
		await pass(60_000);
		await pass(60_000);
		expect(queued).toHaveBeenCalledTimes(2);
		stopClock();
		await pass(3_600_000);
		expect(queued).toHaveBeenCalledTimes(2);
	});
});

describe('the settings', () => {
	test('leave the jobs to a process of its own only where two processes can open the database', () => {
		const separate = { WORKER: 'separate' };
		expect(readSettings({}).worker).toBe('here');
		expect(() => readSettings(separate)).toThrow('WORKER=separate');
		expect(() => readSettings({ WORKER: 'alone' })).toThrow('one process');
		const DATABASE_URL = 'postgres://localhost/convergence';
		expect(readSettings({ ...separate, DATABASE_URL }).worker).toBe('separate');
	});
});
