import type { Db } from '../db/client.server';

/** What a run is given besides the payload. */
export interface Work {
	/** The same at each attempt: for what has to be done once elsewhere, as a Message-ID. */
	id: number;
	/** Passes all row level security. */
	db: Db;
	/** Aborted when the time is over, or the process ends: the job will be run again. */
	signal: AbortSignal;
}

/** A kind of work in the background: run when it is queued, on a clock, or both. */
export interface Job {
	/** `<domain>_<what>`; the same in `private.jobs`. */
	kind: string;
	/** When to run it, as a cron expression in UTC; without one it only runs when it is queued. */
	schedule?: string;
	/** How long a run may take, in seconds; a minute unless given. */
	seconds?: number;
	/**
	 * Does the work once. It may run again when the process ends in the middle, so it must be
	 * idempotent, or mark what it did.
	 * @throws to be tried again later; `PermanentFailure` not to be
	 */
	run: (payload: unknown, work: Work) => Promise<unknown>;
}

/** Trying again cannot help. The code is stored and logged: no address and no text of a person. */
export class PermanentFailure extends Error {
	override readonly name = 'PermanentFailure';

	constructor(
		readonly code: string,
		options?: ErrorOptions
	) {
		super(code, options);
	}
}
