import {
	linkSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

type Holder = { pid: number; started: string; machine: string; boot: string; since: string };

const heartbeat = 5_000;
const silence = 30_000;
const second = 200;

/** Another process works on this data folder. Its message is one line, and so is its stack. */
export class FolderInUse extends Error {
	override readonly name = 'FolderInUse';

	constructor(folder: string, { pid, since }: Holder) {
		super(
			`The data folder ${folder} is in use by process ${pid} since ${since}. ` +
				'Stop that process, or set CONVERGENCE_DATA to another folder.'
		);
		this.stack = this.message;
	}
}

/**
 * Guard: one process per data folder.
 * Without it two processes open the same embedded database, neither notices, acknowledged writes
 * are lost and the indexes rot. A holder that died (also by kill -9) is replaced; one on another
 * machine counts as dead after 30 s without a heartbeat.
 * @returns gives the folder back
 * @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<() => void> {
	const path = join(folder, 'lock');
	const mine = JSON.stringify(thisProcess());
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, mine, { mode: 0o600 });
	try {
		while (!created(draft, path)) {
			const holder = readHolder(path);
			if (holder && isAlive(holder, path)) throw new FolderInUse(folder, holder);
			renameSync(draft, path);
			// Two starters may both have found the same dead holder: the last to write wins.
			await sleep(second);
			if (readText(path) === mine) break;
			writeFileSync(draft, mine, { mode: 0o600 });
		}
	} finally {
		rmSync(draft, { force: true });
	}
	const beat = setInterval(() => touch(path), heartbeat).unref();
	return () => {
		clearInterval(beat);
		if (readText(path) === mine) rmSync(path, { force: true });
	};
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

function thisProcess(): Holder {
	return {
		pid: process.pid,
		started: startOf(process.pid),
		machine: hostname(),
		boot: readText('/proc/sys/kernel/random/boot_id').trim(),
		since: new Date().toISOString()
	};
}

function isAlive(holder: Holder, path: string): boolean {
	const here = thisProcess();
	if (holder.machine !== here.machine) return Date.now() - modified(path) < silence;
	if (holder.boot !== here.boot) return false;
	try {
		process.kill(holder.pid, 0);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
	}
	return startOf(holder.pid) === holder.started;
}

// Process numbers are used again; together with the start time they are not. Empty where the
// system has no /proc: then the number alone decides.
function startOf(pid: number): string {
	const stat = readText(`/proc/${pid}/stat`);
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
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
