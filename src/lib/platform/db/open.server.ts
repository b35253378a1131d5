import type { Migration } from '$lib/embedded/migrate.server';
import type { Settings } from '../settings.server';
import type { Backend } from './backend';
import { openHosted } from './hosted.server';

/**
 * Opens the backend that the settings name: a Supabase project, else a PostgreSQL server, else the
 * embedded database in the data folder. The last two are migrated first.
 * @param wanted other migrations than those of the build, for tests
 * @throws FolderInUse when another process holds the data folder
 */
export async function openBackend(settings: Settings, wanted?: Migration[]): Promise<Backend> {
	if (settings.supabase) return openHosted(settings.supabase);
	// Imported when used: a site on a hosted project never loads the database engine.
	const { openEmbedded } = await import('$lib/embedded/open.server');
	return openEmbedded(settings, wanted);
}
