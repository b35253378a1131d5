import type { Backend } from '$lib/platform/db/backend';
import type { Settings } from '$lib/platform/settings.server';
import type { Migration } from './migrate.server';
import { openPglite } from './embedded.server';
import { openPostgres } from './postgres.server';

/**
 * The API of Supabase in this process: on the PostgreSQL server of `databaseUrl`, else on PGlite in
 * the data folder. Other modules import this one only.
 * @param wanted other migrations than those of the build, for tests
 * @throws FolderInUse when another process holds the data folder
 */
export function openEmbedded(settings: Settings, wanted?: Migration[]): Promise<Backend> {
	return settings.databaseUrl ? openPostgres(settings, wanted) : openPglite(settings, wanted);
}
