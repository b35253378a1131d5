/** A kind of work in the background: run when it is queued, on a clock, or both. */
export interface Job {
	/** `<domain>_<what>`; the same in `private.jobs`. */
	kind: string;
	/** When to run it, as a cron expression in UTC; without one it only runs when it is queued. */
	schedule?: string;
	/**
	 * Does the work once. It may run again when the process ends in the middle, so it must be
	 * idempotent, or mark what it did.
	 * @throws to be tried again later; `PermanentFailure` not to be
	 */
	run: (payload: unknown) => Promise<void>;
}
