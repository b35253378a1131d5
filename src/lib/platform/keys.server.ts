import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings } from './settings.server';

// Keys of what is made unreadable by destroying its key. They lie outside the database and its
// backups, since a deleted row stays readable in both.

/** The form of ids, so that no caller names a path outside the folder. */
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const ownFolder = () => readSettings().keyFolder;

function pathOf(folder: string, name: string): string {
	if (!id.test(name)) throw new Error('not the id of a key');
	return join(folder, name);
}

/** Makes a key of 256 bits, as text; it is on the disk when this returns. */
export async function makeKey(name: string, folder = ownFolder()): Promise<string> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await chmod(folder, 0o700);
	const key = randomBytes(32).toString('base64url');
	const file = await open(pathOf(folder, name), 'wx', 0o600);
	await file.writeFile(key);
	await file.sync();
	await file.close();
	return key;
}

/** A key; an empty text when it is not there (any more), which opens nothing. */
export async function readKey(name: string, folder = ownFolder()): Promise<string> {
	try {
		// Each ballot reads it; through the thread pool it costs ten times as much.
		return readFileSync(pathOf(folder, name), 'utf8');
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
		throw cause;
	}
}

/** Writes over a key and deletes it; one that is not there is no fault. */
export async function destroyKey(name: string, folder = ownFolder()): Promise<void> {
	const path = pathOf(folder, name);
	try {
		const file = await open(path, 'r+');
		await file.write(randomBytes(64), 0, 64, 0);
		await file.sync();
		await file.close();
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
	}
	await rm(path, { force: true });
}
