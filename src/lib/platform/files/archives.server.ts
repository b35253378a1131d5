import type { Fault, FileType } from './content.server';

// Office documents are archives. Here only their directory is read, at the end of the file: nothing is unpacked.

const DIRECTORY_END = 22;
const LONGEST_COMMENT = 0xffff;
const MOST_NAMES = 5_000;
/** Unpacked, as the file says itself: what the reader's program would have to take. */
const MOST_BYTES = 500_000_000;

const byPart: Record<string, FileType> = {
	'word/document.xml': 'docx',
	'ppt/presentation.xml': 'pptx',
	'xl/workbook.xml': 'xlsx'
};
const byMime: Record<string, FileType> = {
	'application/vnd.oasis.opendocument.text': 'odt',
	'application/vnd.oasis.opendocument.presentation': 'odp',
	'application/vnd.oasis.opendocument.spreadsheet': 'ods'
};
const RUNS =
	/(^|\/)(vbaproject\.bin|basic\/|scripts\/)|\.(exe|dll|js|vbs|jar|bat|cmd|ps1|scr|lnk|hta|com)$/i;

interface Entry {
	name: string;
	bytes: number;
	packed: number;
	at: number;
	method: number;
	flags: number;
}

/** What an archive is, or why it is not taken; `made` makes the answer for a document. */
export function kindOfArchive<Kind>(
	file: Buffer,
	made: (type: FileType) => Kind
): Kind | { fault: Fault } {
	const entries = entriesOf(file);
	if (!entries) return { fault: 'damaged' };
	const names = new Set(entries.map(({ name }) => name));
	const part = Object.keys(byPart).find((one) => names.has(one));
	const type =
		names.has('[Content_Types].xml') && part ? byPart[part] : openDocument(file, entries[0]);
	if (!type) return { fault: 'archive' };
	if (entries.some(({ name }) => RUNS.test(name))) return { fault: 'macros' };
	const isEncrypted = entries.some(({ flags }) => flags & 1);
	const size = entries.reduce((sum, { bytes }) => sum + bytes, 0);
	return isEncrypted || size > MOST_BYTES || !areSafe(entries) ? { fault: 'damaged' } : made(type);
}

/** Two entries of one name are shown differently by different programs. */
function areSafe(entries: Entry[]): boolean {
	const names = entries.map(({ name }) => name.toLowerCase());
	const isOutside = (name: string) =>
		/(^|[\\/])\.\.([\\/]|$)|^[\\/]|\\|^[a-z]:|\p{Cc}/iu.test(name);
	return new Set(names).size === names.length && !names.some(isOutside);
}

// The first entry of these is its type, not packed.
function openDocument(file: Buffer, first: Entry | undefined): FileType | undefined {
	if (!first || first.name !== 'mimetype' || first.method !== 0 || first.at !== 0) return undefined;
	const from = 30 + file.readUInt16LE(26) + file.readUInt16LE(28);
	return byMime[file.toString('latin1', from, from + Math.min(first.packed, 100))];
}

/** The directory; null when it does not fill the file from the first byte to the last. */
function entriesOf(file: Buffer): Entry[] | null {
	const least = Math.max(0, file.length - DIRECTORY_END - LONGEST_COMMENT);
	const end = file.lastIndexOf('PK\x05\x06', undefined, 'latin1');
	if (end < least || end + DIRECTORY_END > file.length) return null;
	const count = file.readUInt16LE(end + 10);
	const size = file.readUInt32LE(end + 12);
	const from = file.readUInt32LE(end + 16);
	const isWhole =
		end + DIRECTORY_END + file.readUInt16LE(end + 20) === file.length && from + size === end;
	if (!isWhole || count === 0 || count > MOST_NAMES) return null;
	const entries: Entry[] = [];
	let at = from;
	for (let n = 0; n < count; n++) {
		if (at + 46 > end || file.readUInt32LE(at) !== 0x02014b50) return null;
		const name = file.toString('utf8', at + 46, at + 46 + file.readUInt16LE(at + 28));
		entries.push({
			name,
			flags: file.readUInt16LE(at + 8),
			method: file.readUInt16LE(at + 10),
			packed: file.readUInt32LE(at + 20),
			bytes: file.readUInt32LE(at + 24),
			at: file.readUInt32LE(at + 42)
		});
		at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
	}
	return at === end && entries.some((entry) => entry.at === 0) ? entries : null;
}
