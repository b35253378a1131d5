// Puts a backup of the embedded database in its place: npm run recover -- .data/backups/<file>
// What was there stays beside it, in the data folder, as database.before. Accounts that were deleted since are
// deleted again when the site starts.
import { join } from 'node:path';
import { withSource } from './source.js';

await withSource(async (load) => {
	const { readSettings } = await load('/src/lib/platform/settings.server.ts');
	const { lockFolder } = await load('/src/lib/embedded/lock.server.ts');
	const { restore } = await load('/src/lib/embedded/backups.server.ts');
	const file = process.argv[2];
	if (!file) throw new Error('Name the backup to restore.');
	const settings = readSettings();
	if (settings.supabase || settings.databaseUrl) {
		throw new Error('Only the embedded database is restored from here.');
	}
	const unlock = await lockFolder(settings.dataFolder);
	await restore(settings, file).finally(unlock);
	console.log(
		`Restored. The database of before is ${join(settings.dataFolder, 'database.before')}: it holds\n` +
			'everything that it held, so delete it as soon as the restored one is right.\n' +
			'Accounts that were deleted since the backup are deleted again when the site starts.'
	);
}).catch((/** @type {Error} */ cause) => {
	console.error(cause.message);
	process.exitCode = 1;
});
