import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '$lib/platform/settings.server';
import type { Backend } from '$lib/platform/db/backend';
import { upkeep } from './backups.server';
import { prepare, serve } from './lite.server';
import { lockFolder } from './lock.server';
import type { Migration } from './migrate.server';
import { connectPglite, databaseFolder, type Pglite } from './pglite.server';
import { addressKey, readOrCreateSecrets } from './secrets.server';

/**
 * PostgreSQL in this process, on a folder of its own: for trying, developing and a small pilot.
 * It survives the death of the process, not a power cut (it never calls fsync).
 * @throws FolderInUse
 */
export async function openPglite(settings: Settings, wanted?: Migration[]): Promise<Backend> {
	const secrets = readOrCreateSecrets(settings.dataFolder);
	const unlock = await lockFolder(settings.dataFolder);
	let database: Pglite | undefined;
	const close = async () => {
		// The turn is never given back: what comes later waits for the end of the process.
		await database?.take();
		await database?.connection.close();
		unlock();
	};
	try {
		const folder = databaseFolder(settings);
		if (!existsSync(folder)) await createDatabase(folder);
		database = await connectPglite(folder, { addressKey: addressKey(secrets) });
		const { connection, sql } = database;
		await prepare(sql, settings, wanted);
		await refreshArrayTypes(database);
		const served = await serve(connection, sql, secrets, settings);
		const jobs = upkeep(database, settings);
		return { kind: 'embedded', ...served, query: sql.query, jobs, close };
	} catch (cause) {
		await close();
		throw cause;
	}
}

/**
 * Guard: lists of types that the migrations made.
 * Without it a list of an enum arrives as one text, `{ON,QC}`, from the first start to the second:
 * the driver learns such types when it opens a database.
 */
async function refreshArrayTypes({ connection, take }: Pglite): Promise<void> {
	const giveBack = await take();
	await connection.driver.refreshArrayTypes().finally(giveBack);
}

// A start that is killed while it lays out its files must not leave half a database behind.
async function createDatabase(folder: string): Promise<void> {
	const draft = `${folder}.new`;
	rmSync(draft, { recursive: true, force: true });
	mkdirSync(dirname(folder), { recursive: true });
	const { connection } = await connectPglite(draft);
	await connection.close();
	renameSync(draft, folder);
}
