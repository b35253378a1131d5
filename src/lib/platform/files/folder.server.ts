import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** Where the bytes of files lie, each under the id that its row in the database holds. */
export interface FileStore {
	/** On the disk when it returns; before that nobody can read any of it. */
	put(id: string, bytes: Uint8Array): Promise<void>;
	/** Null when it is not there. */
	get(id: string): Promise<{ body: ReadableStream<Uint8Array>; bytes: number } | null>;
	/** One that is not there is no fault. */
	remove(id: string): Promise<void>;
	/** All files that were put before a moment, also those that never became whole. */
	before(moment: Date): Promise<string[]>;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PART = '.part';

/** Stops a name that could lead out of the store. */
export function mustBeId(id: string): string {
	if (!ID.test(id)) throw new Error('not the id of a file');
	return id;
}

/** Files in a folder that every process of the site shares. */
export function folderStore(folder: string): FileStore {
	const pathOf = (id: string) => join(folder, mustBeId(id));
	return {
		async put(id, bytes) {
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const draft = pathOf(id) + PART;
			const file = await open(draft, 'wx', 0o600);
			try {
				await file.writeFile(bytes);
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(draft, pathOf(id));
			await syncFolder(folder);
		},
		async get(id) {
			const file = await open(pathOf(id)).catch(unlessMissing);
			if (!file) return null;
			const { size } = await file.stat();
			// Closes the file at its end, and when the reader goes away.
			const body = Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
			return { body, bytes: size };
		},
		async remove(id) {
			await rm(pathOf(id), { force: true });
			await rm(pathOf(id) + PART, { force: true });
		},
		async before(moment) {
			const names = (await readdir(folder).catch(unlessMissing)) ?? [];
			const ids = new Set<string>();
			for (const name of names) {
				const id = name.endsWith(PART) ? name.slice(0, -PART.length) : name;
				const found = ID.test(id) && (await stat(join(folder, name)).catch(unlessMissing));
				if (found && found.mtime < moment) ids.add(id);
			}
			return [...ids];
		}
	};
}

// A rename is on the disk only when its folder is.
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	await handle.sync().finally(() => handle.close());
}

function unlessMissing(cause: NodeJS.ErrnoException): null {
	if (cause.code === 'ENOENT') return null;
	throw cause;
}
