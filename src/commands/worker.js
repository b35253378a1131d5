// Runs the jobs of the site in a process of its own, beside web processes with WORKER=separate:
// npm run worker. It is the built site without its server, so it reads the same settings.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './terminal.js';

const site = join(root, 'build', 'handler.js');

if (!process.env.DATABASE_URL && !process.env.SUPABASE_URL) {
	console.error('The embedded database has one process: the site runs its jobs itself.');
	process.exitCode = 1;
} else if (!existsSync(site)) {
	console.error('There is no build yet: npm run build.');
	process.exitCode = 1;
} else {
	await work();
}

async function work() {
	process.env.WORKER = 'alone';
	// The worker's own timers would let the process end.
	setInterval(() => {}, 60 * 60_000);
	await import(pathToFileURL(site).href);
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, () => {
			// As the server does it after its last request; the process ends when all is closed.
			process.emit(/** @type {any} */ ('sveltekit:shutdown'), /** @type {any} */ (signal));
		});
	}
	console.log('Jobs are run. Ctrl-C stops.');
}
