import { describe, expect, test } from 'vitest';
import { domains } from '../../src/lib/domains';
import { committee, confirmed, forum, joins, member, organizer } from './builders';
import type { Sql } from '../../src/lib/embedded/sql.server';
import { concurrent, engine } from './engine';
import { scene, together, type Scene } from './scene';

type Claimed = { job_id: number; kind: string; payload: unknown; attempt: number };

const queue = ({ service }: Scene, about: Record<string, unknown> = {}) =>
	service.calls<number | null>('queue_job', { kind: 'test_work', ...about });

const claim = ({ service }: Scene, how_many = 10, lease_seconds = 90) =>
	service.calls<Claimed[]>('claim_jobs', { kinds: ['test_work'], how_many, lease_seconds });

const settle = ({ service }: Scene, job: Claimed, outcome: Record<string, unknown> = {}) =>
	service.calls<boolean>('settle_job', { job_id: job.job_id, attempt: job.attempt, ...outcome });

const rows = ({ sql }: Scene) =>
	sql(`select finished_at is not null as finished, failed_at is not null as failed, last_error, attempts, payload
		from private.jobs order by job_id`);

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

test('a job is claimed with its payload, once, and only by who asks for its kind', () =>
	scene(async (s) => {
		const job_id = await queue(s, { payload: { forum: 1 } });
		expect(
			await s.service.calls('claim_jobs', { kinds: ['other_work'], how_many: 5, lease_seconds: 90 })
		).toEqual([]);
		expect(await claim(s)).toEqual([
			{ job_id, kind: 'test_work', payload: { forum: 1 }, attempt: 1 }
		]);
		expect(await claim(s)).toEqual([]);
	}));

test('two workers share what is due, oldest first, and none gets what is later', () =>
	scene(async (s) => {
		const first = await queue(s, { run_at: inMinutes(-3) });
		const second = await queue(s, { run_at: inMinutes(-2) });
		const third = await queue(s, { run_at: inMinutes(-1) });
		await queue(s, { run_at: inMinutes(1) });
		expect((await claim(s, 2)).map(({ job_id }) => job_id).sort()).toEqual([first, second].sort());
		expect((await claim(s, 2)).map(({ job_id }) => job_id)).toEqual([third]);
	}));

test('a worker that was killed loses the lease: the job runs again, and its late answer is refused', () =>
	scene(async (s) => {
		await queue(s, { payload: { forum: 1 } });
		const [killed] = await claim(s, 1, 0);
		const [next] = await claim(s);
		expect(next).toEqual({ ...killed!, attempt: 2 });
		expect(await settle(s, killed!)).toBe(false);
		expect(await settle(s, next!)).toBe(true);
		expect(await settle(s, next!)).toBe(false);
		expect(await rows(s)).toMatchObject([{ finished: true, attempts: 2, payload: {} }]);
	}));

test('what fails comes back after a pause that grows, and says why', () =>
	scene(async (s) => {
		await queue(s, { payload: { forum: 1 } });
		const pauses: number[] = [];
		for (let attempt = 1; attempt <= 4; attempt++) {
			const [job] = await claim(s);
			expect(job).toMatchObject({ attempt, payload: { forum: 1 } });
			await settle(s, job!, { failure: 'ECONNREFUSED' });
			expect(await claim(s)).toEqual([]);
			const [row] = await s.sql<{ pause: number }>(
				`update private.jobs set run_at = clock_timestamp()
				returning extract(epoch from (select j.run_at from private.jobs j) - clock_timestamp())::float as pause`
			);
			pauses.push(row!.pause);
		}
		expect(pauses.map((pause, i) => pause > 7 * 2 ** i && pause < 13 * 2 ** i)).toEqual(
			Array(4).fill(true)
		);
		expect(await rows(s)).toMatchObject([
			{ finished: false, failed: false, last_error: 'ECONNREFUSED' }
		]);
	}));

test('a pause is never longer than about an hour', () =>
	scene(async (s) => {
		const [{ longest }] = (await s.sql(
			`select max(extract(epoch from private.pause_after(n)))::float as longest from generate_series(1, 500) n`
		)) as [{ longest: number }];
		expect(longest).toBeLessThan(3600 * 1.25 + 1);
	}));

test('what fails for good stays with its code, without its payload, and never runs again', () =>
	scene(async (s) => {
		await queue(s, { payload: { forum: 1 } });
		const [job] = await claim(s);
		await settle(s, job!, { failure: 'EENVELOPE', permanent: true });
		await s.sql(`update private.jobs set run_at = clock_timestamp() - interval '1 day'`);
		expect(await claim(s)).toEqual([]);
		expect(await rows(s)).toEqual([
			{ finished: false, failed: true, last_error: 'EENVELOPE', attempts: 1, payload: {} }
		]);
	}));

test('what has expired is never run, and loses its payload; the last failure is remembered', () =>
	scene(async (s) => {
		await queue(s, { payload: { forum: 1 }, expires_at: inMinutes(-1) });
		await queue(s, { payload: { forum: 2 } });
		const [tried] = await claim(s);
		expect(tried).toMatchObject({ payload: { forum: 2 } });
		await settle(s, tried!, { failure: 'ETIMEDOUT' });
		await s.sql(
			'update private.jobs set run_at = clock_timestamp(), expires_at = clock_timestamp()'
		);
		expect(await claim(s)).toEqual([]);
		expect(await rows(s)).toMatchObject([
			{ failed: true, last_error: 'expired', attempts: 0, payload: {} },
			{ failed: true, last_error: 'ETIMEDOUT', attempts: 1, payload: {} }
		]);
	}));

test('a job that expires while it runs may still end', () =>
	scene(async (s) => {
		await queue(s);
		const [job] = await claim(s);
		await s.sql('update private.jobs set expires_at = clock_timestamp()');
		expect(await claim(s)).toEqual([]);
		expect(await settle(s, job!)).toBe(true);
		expect(await rows(s)).toMatchObject([{ finished: true, failed: false }]);
	}));

test('a once-key queues one job of its kind, for as long as the job is remembered', () =>
	scene(async (s) => {
		expect(await queue(s, { once_key: 'tick' })).not.toBeNull();
		expect(await queue(s, { once_key: 'tick' })).toBeNull();
		expect(await queue(s, { kind: 'other_work', once_key: 'tick' })).not.toBeNull();
		const [job] = await claim(s);
		await settle(s, job!);
		expect(await queue(s, { once_key: 'tick' })).toBeNull();
		await s.sql(`update private.jobs set finished_at = finished_at - interval '31 days'`);
		expect(await s.service.calls('delete_old_jobs')).toBe(1);
		expect(await queue(s, { once_key: 'tick' })).not.toBeNull();
	}));

test('a verb that is refused queues nothing', () =>
	scene(async (s) => {
		await s.sql('savepoint here');
		await s.sql(`select private.queue_job('test_work')`);
		await s.sql('rollback to here');
		expect(await claim(s)).toEqual([]);
	}));

test('nobody but the site itself claims, settles or queues', () =>
	scene(async (s) => {
		await queue(s);
		const calls = [
			['queue_job', { kind: 'mail_send' }],
			['claim_jobs', { kinds: ['test_work'], how_many: 1, lease_seconds: 1 }],
			['settle_job', { job_id: 1, attempt: 1 }],
			['delete_old_jobs', {}],
			['delete_old_events', {}]
		] as const;
		for (const someone of [s.visitor, await member(s, 'Amira'), await organizer(s)]) {
			for (const [verb, args] of calls) {
				await expect(someone.calls(verb, args), verb).rejects.toMatchObject({ code: '42501' });
			}
			await expect(someone.query('select * from private.jobs')).rejects.toThrow(/denied/);
			await expect(someone.query('select * from private.events')).rejects.toThrow(/denied/);
		}
		await expect(s.service.query('select * from private.jobs')).rejects.toThrow(/denied/);
	}));

test('each kind belongs to one domain, and is named after it', () => {
	const kinds = domains.flatMap(({ name, jobs = [] }) =>
		jobs.map(({ kind }) => ({ kind, name, own: kind.startsWith(`${name}_`) }))
	);
	expect(kinds.filter(({ own }) => !own)).toEqual([]);
	expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length);
});

describe.skipIf(!concurrent)('at the same moment', () => {
	test('ten workers take two hundred jobs, each once', () =>
		together(async (s) => {
			await s.sql(`select private.queue_job('test_work') from generate_series(1, 200)`);
			const taken = await Promise.all(
				Array.from({ length: 10 }, async () => {
					const mine: number[] = [];
					for (;;) {
						const jobs = await claim(s, 3);
						if (jobs.length === 0) return mine;
						mine.push(...jobs.map(({ job_id }) => job_id));
						await Promise.all(jobs.map((job) => settle(s, job)));
					}
				})
			);
			const all = taken.flat();
			expect(all).toHaveLength(200);
			expect(new Set(all).size).toBe(200);
		}));

	test('ten instances queue one tick once', () =>
		together(async (s) => {
			const queued = await Promise.all(
				Array.from({ length: 10 }, () => queue(s, { once_key: 'tick' }))
			);
			expect(queued.filter((job) => job !== null)).toHaveLength(1);
		}));

	test('what expires is ended by several workers without a deadlock', () =>
		together(async (s) => {
			await s.sql(
				`select private.queue_job('test_work', expires_at => clock_timestamp()) from generate_series(1, 100)`
			);
			const claimed = await Promise.all(Array.from({ length: 10 }, () => claim(s)));
			expect(claimed.flat()).toEqual([]);
			await claim(s);
			expect(await s.sql('select 1 from private.jobs where failed_at is null')).toEqual([]);
		}));
});

describe('events', () => {
	const events = ({ sql }: Scene) =>
		sql('select kind, subject_kind, actor_id, details from private.events order by event_id');

	test('are written by the verb that changed something, and not by one that was refused', () =>
		scene(async (s) => {
			const amira = await member(s, 'Amira');
			const it = await committee(s, 'events');
			const membership_id = await joins(s, amira, it);
			const stranger = await member(s, 'Stranger');
			await expect(stranger.calls('end_membership', { membership_id })).rejects.toThrow();
			expect(await events(s)).toEqual([]);
			await amira.calls('end_membership', { membership_id });
			expect(await events(s)).toEqual([
				{ kind: 'membership_ended', subject_kind: 'membership', actor_id: amira.id, details: {} }
			]);
		}));

	test('do not say whose spot was given on', () =>
		scene(async (s) => {
			const [amira, bea] = [await member(s, 'Amira'), await member(s, 'Bea')];
			const { forum_id } = await forum(s, { capacity_online: 1 });
			await confirmed(s, amira, forum_id, { mode: 'online' });
			await confirmed(s, bea, forum_id, {
				mode: 'online',
				status: 'waitlisted',
				confirmed_at: null
			});
			await amira.calls('cancel_registration', { forum_id });
			expect(await events(s)).toMatchObject([
				{ kind: 'registration_cancelled', actor_id: amira.id },
				{ kind: 'spot_offered', actor_id: null }
			]);
		}));

	test('hold ids and numbers, and no words', () =>
		scene(async (s) => {
			const record = async (details: object) => {
				await s.sql('savepoint here');
				await s
					.sql(`select private.record_event('post_edited', 'post', gen_random_uuid(), $1)`, [
						JSON.stringify(details)
					])
					.finally(() => s.sql('rollback to here'));
			};
			await record({ version: 2, thread_id: crypto.randomUUID(), ids: [crypto.randomUUID()] });
			for (const details of [{ title: 'Amira' }, { a: { b: ['Amira'] } }, ['Amira']]) {
				await expect(record(details)).rejects.toMatchObject({
					message: expect.stringContaining('events_details_hold_no_words')
				});
			}
		}));

	test('are deleted after 30 days', () =>
		scene(async (s) => {
			await s.sql(
				`select private.record_event('forum_published', 'forum', gen_random_uuid()) from generate_series(1, 2)`
			);
			await s.sql(
				`update private.events set happened_at = happened_at - interval '31 days'
				where event_id = (select min(event_id) from private.events)`
			);
			expect(await s.service.calls('delete_old_events')).toBe(1);
			expect(await events(s)).toHaveLength(1);
		}));

	const record = (sql: Sql, number: number) =>
		sql.query(`select private.record_event('forum_published', 'forum', gen_random_uuid(), $1)`, [
			JSON.stringify({ number })
		]);
	const settled = async (sql: Sql) => {
		const rows = await sql.query<{ number: number }>(
			`select (details ->> 'number')::integer as number from private.events
			where transaction_id < pg_snapshot_xmin(pg_current_snapshot()) order by transaction_id, event_id`
		);
		return rows.map(({ number }) => number);
	};

	test('are left to later by a reader in the transaction that writes them', () =>
		scene(async (s) => {
			const sql = { query: s.sql } as Sql;
			await record(sql, 1);
			expect(await settled(sql)).toEqual([]);
		}));

	test.skipIf(!concurrent)('are left to later while an earlier transaction is open', async () => {
		const { crowd } = await engine();
		await crowd(async (sql) => {
			await record(sql, 1);
			await sql.transaction(async (slow) => {
				await record(slow, 2);
				await record(sql, 3);
				expect(await settled(sql)).toEqual([1]);
				await record(slow, 4);
			});
			expect(await settled(sql)).toEqual([1, 2, 4, 3]);
		});
	});

	test('are written by no verb that casts or deletes a ballot', () =>
		scene(async (s) => {
			expect(
				await s.sql(
					`select proname from pg_proc where proname ~ 'ballot' and proname <> 'count_ballots' and prosrc ~ 'record_event'`
				)
			).toEqual([]);
		}));
});
