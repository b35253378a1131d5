import type { Settings } from '../settings.server';
import { openEmbedded } from './embedded.server';
import { openHosted } from './hosted.server';
import type { Migration } from './migrate.server';
import { openPostgres } from './postgres.server';
import type { Row } from './sql.server';

/** What the rest of the house knows of a backend; only `db.server.ts` talks to it. */
export type Backend = {
	kind: 'embedded' | 'postgres' | 'supabase';
	url: string;
	publishableKey: string;
	secretKey: string;
	/** Takes Supabase's REST and auth requests for `url`. */
	fetch: typeof globalThis.fetch;
	/** The people and forums in it are invented ones. */
	sample: boolean;
	/** As the database's owner, in turn with the requests; a hosted project has no such line. */
	query?<T extends Row = Row>(text: string, params?: unknown[]): Promise<T[]>;
	close(): Promise<void>;
};

/**
 * Opens the backend that the settings name: a Supabase project, else a PostgreSQL server, else the
 * embedded database in the data folder. The last two are migrated first.
 * @param wanted other migrations than those of the build, for tests
 * @throws FolderInUse when another process holds the data folder
 */
export async function openBackend(settings: Settings, wanted?: Migration[]): Promise<Backend> {
	if (settings.supabase) return openHosted(settings.supabase);
	if (settings.databaseUrl) return openPostgres(settings, wanted);
	return openEmbedded(settings, wanted);
}
