import type { Row } from '$lib/platform/db/backend';

export type { Row };

/**
 * A direct line to the database, as its owner: no row level security, no roles.
 * Inside `transaction`, use only the line that `work` is given: on the embedded database the outer
 * one would wait for the transaction to end, for ever.
 */
export type Sql = {
	/** Runs a text of any number of statements. */
	run(text: string): Promise<void>;
	/** Runs one statement; values come in the shapes that PostgREST gives. */
	query<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>;
	/** Commits when `work` ends, rolls back when it throws. */
	transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
};
