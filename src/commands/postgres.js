import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { canRun, findProgram, installPackage } from './terminal.js';

/** @typedef {{ url: string, version: string, stop: () => Promise<void> }} Cluster */

/**
 * Starts a throw-away PostgreSQL on loopback: own folder, own free port, own password, nothing synced
 * to disk unless asked for. Installs the server where apt-get may run without a question.
 * @param {{ synced?: boolean }} [options] `synced`: as durable as an installed one, for measuring
 * @returns {Promise<Cluster | undefined>} nothing when this machine has no PostgreSQL
 */
export async function startCluster({ synced = false } = {}) {
	const programs =
		findServer() ?? ((await installPackage('postgresql')) ? findServer() : undefined);
	if (!programs) return;
	const owner = someoneElse();
	const folder = mkdtempSync(join(tmpdir(), 'convergence-postgres-'));
	const password = randomBytes(18).toString('base64url');
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);

	const data = join(folder, 'data');
	const as = { ...owner, cwd: folder };
	const init = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
	await promisify(execFile)(
		join(programs, 'initdb'),
		[...init, '-E', 'UTF8', '--no-locale', '--no-sync'],
		as
	);
	const port = await freePort();
	const settings = synced ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
	const server = spawn(
		join(programs, 'postgres'),
		[
			'-D',
			data,
			'-h',
			'127.0.0.1',
			'-p',
			`${port}`,
			'-k',
			'',
			...settings.flatMap((s) => ['-c', s])
		],
		{ ...as, stdio: ['ignore', 'ignore', 'pipe'] }
	);
	const ended = once(server, 'exit');
	// SIGINT is PostgreSQL's quick stop: it does not wait for a connection that a test left open.
	const leave = () => server.kill('SIGINT');
	process.once('exit', leave);
	await accepts(server);
	return {
		url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
		version: readFileSync(join(data, 'PG_VERSION'), 'utf8').trim(),
		stop: async () => {
			process.off('exit', leave);
			leave();
			await ended;
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** Debian keeps the server's programs out of PATH, one folder per version. */
function findServer() {
	const inPath = findProgram('initdb');
	const folders = inPath ? [dirname(inPath)] : debianFolders();
	return folders.find((folder) => canRun(join(folder, 'postgres')));
}

function debianFolders() {
	const home = '/usr/lib/postgresql';
	try {
		return readdirSync(home)
			.sort((a, b) => Number(b) - Number(a))
			.map((version) => join(home, version, 'bin'));
	} catch {
		return [];
	}
}

/** PostgreSQL refuses to run as root, so root lends it to somebody with fewer rights. */
function someoneElse() {
	if (process.getuid?.() !== 0) return;
	const people = readFileSync('/etc/passwd', 'utf8').split('\n');
	const entry = ['postgres', 'nobody']
		.map((name) => people.find((line) => line.startsWith(`${name}:`)))
		.find(Boolean);
	if (!entry)
		throw new Error(
			'PostgreSQL needs a user other than root: neither postgres nor nobody is here.'
		);
	const [, , uid, gid] = entry.split(':');
	return { uid: Number(uid), gid: Number(gid) };
}

/** @returns {Promise<number>} a loopback port that nobody held a moment ago */
export async function freePort() {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
	probe.close();
	return port;
}

/** @param {import('node:child_process').ChildProcess} server */
function accepts(server) {
	return new Promise((resolve, reject) => {
		let said = '';
		server.stderr?.on('data', (text) => {
			said += text;
			// Read on afterwards, too: a full pipe would stop the server.
			if (said.length > 10_000) said = said.slice(-1000);
			if (said.includes('ready to accept connections')) resolve(undefined);
		});
		server.once('error', reject);
		server.once('exit', (code) => reject(new Error(`PostgreSQL stopped (${code}): ${said}`)));
	});
}
