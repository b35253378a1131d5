import type { Job } from '../jobs/job';

export type Row = Record<string, unknown>;

/** What is read of an access token; `exp` in seconds since 1970. */
export type Claims = { sub?: string; email?: string; exp: number };

/** A Supabase API and how to reach it; only `client.server.ts` talks to it. */
export type Backend = {
	kind: 'embedded' | 'postgres' | 'supabase';
	url: string;
	publishableKey: string;
	secretKey: string;
	/** Takes Supabase's REST and auth requests for `url`. */
	fetch: typeof globalThis.fetch;
	/** The claims of an access token whose signature is right and whose time is not over; else null. */
	verify(token: string): Promise<Claims | null>;
	/** The people and forums in it are invented ones. */
	sample: boolean;
	/** As the database's owner, in turn with the requests; a hosted project has no such line. */
	query?<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>;
	/** What the engine needs regularly; another server does it by itself. */
	jobs?: Job[];
	close(): Promise<void>;
};
