// Empties the database that the settings name and loads the sample network into a new one;
// CONVERGENCE_SAMPLE=0 leaves it empty.
import { withSource } from './source.js';

await withSource(async (load) => {
	const { readSettings } = await load('/src/lib/platform/settings.server.ts');
	const { deleteDatabase } = await load('/src/lib/embedded/reset.server.ts');
	const { openBackend } = await load('/src/lib/platform/db/open.server.ts');
	const settings = readSettings({ CONVERGENCE_SAMPLE: '1', ...process.env });
	await deleteDatabase(settings);
	const backend = await openBackend(settings);
	await backend.close();
	const content = backend.sample ? 'holds the sample network' : 'is empty';
	console.log(`The ${backend.kind} database is new and ${content}.`);
}).catch((/** @type {Error} */ cause) => {
	console.error(cause.message);
	process.exitCode = 1;
});
