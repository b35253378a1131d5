import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '$lib/platform/jobs/job';
import type { Settings } from '$lib/platform/settings.server';
import { databaseFolder, connectPglite, type Pglite } from './pglite.server';

const MOST_BACKUPS = 24;

/** Where the backups of an embedded database lie. Copy them off the box: a disk fails as a whole. */
function backupFolder({ dataFolder }: Settings): string {
	return join(dataFolder, 'backups');
}

/** A backup every hour and a vacuum every night: the embedded database does neither by itself. */
export function upkeep(database: Pglite, settings: Settings): Job[] {
	// A large database takes long to pack, and a second backup beside the first would take longer.
	const seconds = 15 * 60;
	return [
		{
			kind: 'embedded_backup',
			schedule: '0 * * * *',
			seconds,
			run: () => backUp(database, backupFolder(settings))
		},
		{
			kind: 'embedded_vacuum',
			schedule: '30 8 * * *',
			seconds,
			run: () => database.sql.run('vacuum (analyze)')
		}
	];
}

/**
 * Writes the whole database as a gzipped tar, readable by its owner only, and keeps the newest 24.
 * Requests wait for about half a second.
 * @returns the path of the file
 */
export async function backUp({ connection, take }: Pglite, folder: string): Promise<string> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const giveBack = await take();
	let dump: Blob;
	try {
		dump = await connection.driver.dumpDataDir('gzip');
	} finally {
		giveBack();
	}
	const path = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.tar.gz`);
	writeFileSync(`${path}.draft`, Buffer.from(await dump.arrayBuffer()), { mode: 0o600 });
	renameSync(`${path}.draft`, path);
	const all = readdirSync(folder).filter((name) => name.endsWith('.tar.gz'));
	for (const old of all.sort().slice(0, -MOST_BACKUPS)) rmSync(join(folder, old));
	return path;
}

/**
 * Puts a backup in the place of the database, which stays beside it as `database.before`.
 * The caller holds the lock of the data folder.
 */
export async function restore(settings: Settings, backup: string): Promise<void> {
	const folder = databaseFolder(settings);
	const draft = `${folder}.new`;
	rmSync(draft, { recursive: true, force: true });
	try {
		const { connection } = await connectPglite(draft, { backup: new Blob([readFileSync(backup)]) });
		await connection.close();
	} catch (cause) {
		// A failed try must not leave a copy of everything behind.
		rmSync(draft, { recursive: true, force: true });
		throw cause;
	}
	rmSync(`${folder}.before`, { recursive: true, force: true });
	renameIfThere(folder, `${folder}.before`);
	renameSync(draft, folder);
}

function renameIfThere(from: string, to: string): void {
	try {
		renameSync(from, to);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
	}
}
