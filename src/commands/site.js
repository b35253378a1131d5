import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { whyNotListening } from '../lib/platform/listen.js';
import { endTogether, root, run } from './terminal.js';

const sources = [
	'package-lock.json',
	'src',
	'static',
	'supabase',
	'svelte.config.js',
	'vite.config.ts'
];
// What the build itself writes, and the commands besides the one that the build uses.
const noSource =
	/i18n\/paraglide$|project\.inlang\/(?!settings\.json$)|src\/commands\/(?!documents\.js$)/;
const stamp = join(root, 'build', 'sources.sha256');
const startsWithin = 60_000;

/**
 * Builds the site unless the build at hand was made from these very sources.
 * @returns {Promise<boolean>} false when the build failed; Vite has then said why
 */
export async function buildIfNeeded() {
	if (isBuilt()) return true;
	console.log('Building …');
	return build();
}

/** @returns {Promise<boolean>} */
export async function build() {
	// Taken first: what is edited while Vite runs is not in this build.
	const taken = fingerprint();
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const code = await run(process.execPath, [vite, 'build', '--logLevel', 'warn']);
	if (code === 0) writeFileSync(stamp, taken);
	return code === 0;
}

function isBuilt() {
	try {
		return readFileSync(stamp, 'utf8') === fingerprint();
	} catch {
		return false;
	}
}

/** By content, because a checkout touches dates. */
function fingerprint() {
	const hash = createHash('sha256');
	for (const path of sourceFiles()) {
		hash
			.update(path)
			.update('\0')
			.update(readFileSync(join(root, path)))
			.update('\0');
	}
	return hash.digest('hex');
}

/** What the site is built from. */
export function sourceFiles() {
	return sources.flatMap(filesUnder);
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
	if (noSource.test(path)) return [];
	if (!statSync(join(root, path)).isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}

/**
 * Serves the built site with the sample network until it is stopped.
 * @param {object} settings
 * @param {string} settings.host
 * @param {number} settings.port
 * @param {string} settings.origin the address that people type, e.g. http://localhost:3000
 * @param {string} settings.data folder of the embedded database
 * @param {import('node:child_process').StdioOptions} [settings.stdio]
 * @param {NodeJS.ProcessEnv} [settings.env] added to this process's own
 * @returns {Promise<Site>} once it answers; throws a sentence for a person when it does not
 *
 * @typedef {object} Site
 * @property {number} pid
 * @property {Promise<number>} ended the exit code
 * @property {() => Promise<number>} stop
 */
export async function serve({
	host,
	port,
	origin,
	data,
	stdio = ['ignore', 'inherit', 'inherit'],
	env = {}
}) {
	await mustBeFree(host, port);
	const child = spawn(process.execPath, ['build'], {
		cwd: root,
		env: {
			...process.env,
			...env,
			HOST: host,
			PORT: `${port}`,
			ORIGIN: origin,
			CONVERGENCE_DATA: data,
			CONVERGENCE_SAMPLE: env.CONVERGENCE_SAMPLE ?? process.env.CONVERGENCE_SAMPLE ?? '1',
			BODY_SIZE_LIMIT: '11M',
			SHUTDOWN_TIMEOUT: '5'
		},
		stdio
	});
	const ended = once(child, 'exit').then(([code]) => code ?? 1);
	const stopSignal = endTogether(child);
	const site = {
		pid: child.pid ?? 0,
		ended,
		stop: () => {
			child.kill('SIGTERM');
			return ended;
		}
	};
	const answered = await Promise.race([answers(host, port), ended.then(() => false)]);
	if (answered) return site;
	await site.stop();
	throw new Error(stopSignal() ? 'Stopped.' : 'The site did not start. The reason is above.');
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>} true at the first healthy answer, false after a minute without one
 */
async function answers(host, port) {
	const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host;
	const until = Date.now() + startsWithin;
	while (Date.now() < until) {
		const answer = await fetch(`http://${name}:${port}/health`).catch(() => undefined);
		if (answer?.ok) return true;
		await wait(100);
	}
	return false;
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<void>}
 * @throws {Error} with the reason why the site could not listen there
 */
export function mustBeFree(host, port) {
	return new Promise((resolve, reject) => {
		const probe = createServer()
			.once('error', (cause) => reject(new Error(whyNotListening(cause, host, port))))
			.once('listening', () => probe.close(() => resolve()))
			.listen(port, host);
	});
}
