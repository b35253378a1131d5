import { join } from 'node:path';
import type { PgliteConnection } from '@supabase/lite/pglite';
import type { Settings } from '$lib/platform/settings.server';
import { searchPath } from './bootstrap.server';
import { withOriginalWarnings } from './patches.server';
import { shapes, writeBytes } from './postgrest.server';
import type { Sql } from './sql.server';
import { ownerSql, serializeRequests, createQueue, type Acquire } from './queue.server';

/** An open embedded database: the connection for the API server, the owner's line, the queue. */
export type Pglite = { connection: PgliteConnection; sql: Sql; take: Acquire };

/** Where the database lies within a data folder; secrets, lock and backups lie beside it. */
export function databaseFolder({ dataFolder }: Settings): string {
	return join(dataFolder, 'database');
}

/**
 * Opens PGlite on a folder, or in memory without one; an empty folder can be filled from a backup.
 * Extensions and shapes are the same wherever our migrations run.
 */
export async function connectPglite(
	folder?: string,
	{ backup, addressKey }: { backup?: Blob; addressKey?: string } = {}
): Promise<Pglite> {
	const [{ createPgliteConnection, PGlite }, ...contrib] = await withOriginalWarnings(() =>
		Promise.all([
			import('@supabase/lite/pglite'),
			import('@electric-sql/pglite/contrib/pg_trgm'),
			import('@electric-sql/pglite/contrib/unaccent'),
			import('@electric-sql/pglite/contrib/btree_gist'),
			import('@electric-sql/pglite/contrib/citext')
		])
	);
	const connection = await createPgliteConnection({
		url: folder,
		pgliteOptions: {
			extensions: Object.assign({}, ...contrib),
			parsers: shapes,
			serializers: { 17: writeBytes },
			loadDataDir: backup,
			// The default of 128 MB costs memory and start-up time, and a small network never fills it.
			startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']
		}
	});
	const pg = connection.driver;
	await pg.waitReady;
	await pg.exec(`set search_path to ${searchPath}`);
	if (addressKey) await pg.exec(`set convergence.address_key to '${addressKey}'`);
	const take = createQueue();
	serializeRequests(connection, pg, take);
	return { connection, sql: ownerSql(pg, take), take };
}
