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
	process.env.WORKER = 'here';
	// The worker's own timers let a process end.
	const hold = setInterval(() => {}, 60 * 60_000);
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, () => {
			clearInterval(hold);
			// As the server does it after its last request.
			process.emit(/** @type {any} */ ('sveltekit:shutdown'), /** @type {any} */ (signal));
		});
	}
	await import(pathToFileURL(site).href);
	console.log('Jobs are run. Ctrl-C stops.');
}
