import {
	linkSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** `reach` names the processes that the same kernel lock binds; the others go by the heartbeat. */
type Holder = { pid: number; machine: string; reach: string; since: string };

const heartbeat = 5_000;
const silence = 30_000;
const second = 200;

/** Another process works on this data folder. Its message is one line, and so is its stack. */
export class FolderInUse extends Error {
	override readonly name = 'FolderInUse';

	constructor(folder: string, holder?: Holder) {
		const { pid, machine, since } = holder ?? {};
		const where = machine && machine !== hostname() ? ` on ${machine}` : '';
		const by = pid ? ` by process ${pid}${where} since ${since}` : ' by another process';
		super(
			`The data folder ${folder} is in use${by}. ` +
				'Stop that process, or set CONVERGENCE_DATA to another folder.'
		);
		this.stack = this.message;
	}
}

/**
 * Guard: one process per data folder.
 * Without it two processes open the same embedded database, neither notices, acknowledged writes
 * are lost and the indexes rot. The kernel ends its lock with the process, also after kill -9; the file says
 * who holds the folder, and its heartbeat holds it against other machines and containers.
 * @returns gives the folder back
 * @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<() => void> {
	const path = join(folder, 'lock');
	const me: Holder = {
		pid: process.pid,
		machine: hostname(),
		reach: reachOfKernel(),
		since: new Date().toISOString()
	};
	const mine = JSON.stringify(me);
	const kernelLock = await bind(folder);
	if (!kernelLock) throw new FolderInUse(folder, readHolder(path));
	try {
		await writeLock(folder, path, me, mine);
	} catch (cause) {
		kernelLock.close();
		throw cause;
	}
	const beat = setInterval(() => touch(path), heartbeat).unref();
	return () => {
		clearInterval(beat);
		if (readText(path) === mine) rmSync(path, { force: true });
		kernelLock.close();
	};
}

/**
 * Listens on a name made from the folder's inode, which only one process can do.
 * @returns undefined when another process does
 */
async function bind(folder: string): Promise<Server | undefined> {
	const server = createServer((socket) => socket.destroy()).unref();
	const { dev, ino } = statSync(folder, { bigint: true });
	const name = `convergence-${dev}-${ino}`;
	// Elsewhere a socket is a file that outlives its process: there the heartbeat alone decides.
	const address = { linux: `\0${name}`, win32: `\\\\.\\pipe\\${name}` }[process.platform as string];
	if (!address) return server;
	return new Promise((resolve, reject) => {
		server.once('error', (cause: NodeJS.ErrnoException) =>
			cause.code === 'EADDRINUSE' ? resolve(undefined) : reject(cause)
		);
		server.listen(address, () => resolve(server));
	});
}

// A container has its own network namespace, and with it its own abstract sockets.
function reachOfKernel(): string {
	if (process.platform === 'win32') return hostname();
	if (process.platform !== 'linux') return `${hostname()} ${process.pid}`;
	return `${readText('/proc/sys/kernel/random/boot_id').trim()} ${readlinkSync('/proc/self/ns/net')}`;
}

async function writeLock(folder: string, path: string, me: Holder, mine: string): Promise<void> {
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, mine, { mode: 0o600 });
	try {
		while (!created(draft, path)) {
			const holder = readHolder(path);
			// A holder within reach has lost its kernel lock: it is dead, even if another process has its number now.
			const dead = !holder || holder.reach === me.reach || Date.now() - modified(path) > silence;
			if (!dead) throw new FolderInUse(folder, holder);
			renameSync(draft, path);
			if (!holder || holder.reach === me.reach) return;
			// A starter on another machine may have found the same silence: the last to write wins.
			await sleep(second);
			if (readText(path) === mine) return;
			writeFileSync(draft, mine, { mode: 0o600 });
		}
	} finally {
		rmSync(draft, { force: true });
	}
}

// A link fails when the name is taken, and never shows a half-written file to others.
function created(draft: string, path: string): boolean {
	try {
		linkSync(draft, path);
		return true;
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw cause;
	}
}

function readHolder(path: string): Holder | undefined {
	try {
		return JSON.parse(readText(path)) as Holder;
	} catch {
		return undefined;
	}
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

function modified(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function touch(path: string): void {
	try {
		const now = new Date();
		utimesSync(path, now, now);
	} catch {
		// The folder is gone: there is nothing left to guard.
	}
}
