import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings } from './settings.server';

// A list of deleted accounts outside of the database: a backup that is restored brings them back.

const pathIn = (folder: string) => join(folder, 'deletions');

/** Adds a deleted account, as the SHA-256 of its id; it is on the disk when this returns. */
export async function noteDeletion(
	account: string,
	folder = readSettings().dataFolder
): Promise<void> {
	const file = await open(pathIn(folder), 'a', 0o600);
	try {
		await file.write(`${createHash('sha256').update(account).digest('hex')}\n`);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** The hashes of all accounts that were deleted. */
export async function notedDeletions(folder = readSettings().dataFolder): Promise<string[]> {
	const text = await readFile(pathIn(folder), 'utf8').catch((cause: NodeJS.ErrnoException) => {
		if (cause.code === 'ENOENT') return '';
		throw cause;
	});
	return text.split('\n').filter((line) => /^[0-9a-f]{64}$/.test(line));
}
