import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder; every command works in it, wherever it was called. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Ends a child together with this process: when this one ends, or gets a signal.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => NodeJS.Signals | undefined} the signal that this process got, if any
 */
export function endTogether(child) {
	/** @type {NodeJS.Signals | undefined} */
	let stopSignal;
	const leave = () => void child.kill('SIGTERM');
	/** @param {NodeJS.Signals} signal */
	const pass = (signal) => {
		stopSignal = signal;
		leave();
	};
	process.once('exit', leave);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, pass);
	child.once('exit', () => {
		process.off('exit', leave);
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
	});
	return () => stopSignal;
}

/**
 * Runs a program with its output shown and no standard input. When this process gets a signal, it
 * ends after the program.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to this process's own
 * @returns {Promise<number>} the exit code; 1 when it could not start or was killed
 */
export function run(program, args, env = {}) {
	return new Promise((resolve) => {
		const child = spawn(program, args, {
			cwd: root,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'inherit', 'inherit']
		});
		child.once('error', (error) => {
			console.error(`${program}: ${error.message}`);
			resolve(1);
		});
		const stopSignal = endTogether(child);
		child.once('exit', (code) => {
			if (stopSignal()) process.exit(stopSignal() === 'SIGINT' ? 130 : 143);
			resolve(code ?? 1);
		});
	});
}

/**
 * @param {string} program
 * @returns {string | undefined} its path, when it can be run from here
 */
export function findProgram(program) {
	return (process.env.PATH ?? '')
		.split(delimiter)
		.filter(Boolean)
		.map((folder) => join(folder, program))
		.find(canRun);
}

/** @param {string} path */
export function canRun(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * Installs a Debian package where that needs no question: as root, or where sudo asks for no password.
 * @param {string} name
 * @returns {Promise<boolean>}
 */
export async function installPackage(name) {
	if (!findProgram('apt-get')) return false;
	const isRoot = process.getuid?.() === 0;
	if (!isRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return false;
	console.log(`Installing ${name} (apt-get) …`);
	/** @param {string[]} args */
	const apt = (...args) => {
		const words = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
		return isRoot ? run('env', words.slice(1)) : run('sudo', ['-n', ...words]);
	};
	await apt('update');
	return (await apt('install', '-y', '--no-install-recommends', name)) === 0;
}
