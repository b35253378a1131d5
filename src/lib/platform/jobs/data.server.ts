import { answer, type Db } from '../db/client.server';
import type { Json } from '../db/types';

/** A job that a worker holds: until its lease ends nobody else gets it. */
export type Claimed = Awaited<ReturnType<typeof claim>>[number];

/** Takes what is due of these kinds, oldest first; it comes back by itself unless it is settled. */
export function claim(db: Db, kinds: string[], howMany: number, leaseSeconds: number) {
	return answer(db.rpc('claim_jobs', { kinds, how_many: howMany, lease_seconds: leaseSeconds }));
}

/**
 * Records how an attempt ended: well, or with the code of a failure.
 * @returns false when the lease had ended and somebody else has the job
 */
export function settle(db: Db, job: Claimed, failure?: string, permanent?: boolean) {
	const { job_id, attempt } = job;
	return answer(db.rpc('settle_job', { job_id, attempt, failure, permanent }));
}

/** Queues a job, unless this kind has had one with the once-key. */
export function queue(
	db: Db,
	kind: string,
	{ payload, onceKey, expiresAt }: { payload?: Json; onceKey?: string; expiresAt?: Date } = {}
) {
	const expires_at = expiresAt?.toISOString();
	return answer(db.rpc('queue_job', { kind, payload, once_key: onceKey, expires_at }));
}

/** Deletes jobs that ended, and events of, 30 days ago. @returns how many of each */
export async function deleteOld(db: Db) {
	const jobs = await answer(db.rpc('delete_old_jobs'));
	const events = await answer(db.rpc('delete_old_events'));
	return { jobs, events };
}
