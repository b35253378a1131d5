import type { Enums } from '../db/types';
import { cleanJpeg, cleanPng, Damaged } from './pictures.server';
import { kindOfArchive } from './archives.server';

export type FileType = Enums<'material_type'>;

/** Why a file is not taken. */
export type Fault = 'empty' | 'unknown' | 'damaged' | 'archive' | 'macros' | 'page' | 'program';

type Content =
	{ type: FileType; bytes: Buffer; fault?: undefined } | { fault: Fault; type?: undefined };

const starts = (file: Buffer, hex: string) =>
	file.subarray(0, hex.length / 2).toString('hex') === hex;

/** Windows, Linux and Apple programs, compiled Java, scripts of a shell, shortcuts, old Office with its macros. */
const PROGRAMS =
	'4d5a 7f454c46 feedface feedfacf cefaedfe cffaedfe cafebabe 2321 4c00000001140200'.split(' ');
/** gzip, bzip2, xz, 7-Zip, RAR, cabinet, Zstandard. */
const ARCHIVES = '1f8b 425a68 fd377a585a00 377abcaf271c 52617221 4d534346 28b52ffd'.split(' ');
const OLD_OFFICE = 'd0cf11e0a1b11ae1';

/**
 * What a file is, by its content; its name says nothing. Pictures come back without what cameras write into them.
 * Archives are not opened: of an office document only the list of names is read.
 */
export function contentOf(file: Buffer): Content {
	if (file.length === 0) return { fault: 'empty' };
	try {
		if (starts(file, '89504e470d0a1a0a')) return { type: 'png', bytes: cleanPng(file) };
		if (starts(file, 'ffd8ff')) return { type: 'jpg', bytes: cleanJpeg(file) };
	} catch (cause) {
		if (cause instanceof Damaged) return { fault: 'damaged' };
		throw cause;
	}
	if (starts(file, '255044462d')) return pdf(file);
	if (starts(file, '504b0304')) return kindOfArchive(file, (type) => ({ type, bytes: file }));
	return { fault: refused(file) };
}

/** Only blanks may follow the end, so that no second file hides behind it. */
function pdf(file: Buffer): Content {
	const end = file.lastIndexOf('%%EOF');
	const rest = file.subarray(end + 5);
	if (end < 0 || rest.length > 4_096) return { fault: 'damaged' };
	const isBlank = rest.every((byte) => byte === 0 || byte === 0x1a || (byte >= 9 && byte <= 32));
	return isBlank ? { type: 'pdf', bytes: file } : { fault: 'damaged' };
}

function refused(file: Buffer): Fault {
	if (PROGRAMS.some((head) => starts(file, head))) return 'program';
	if (ARCHIVES.some((head) => starts(file, head)) || starts(file, '504b')) return 'archive';
	if (starts(file, OLD_OFFICE)) return 'macros';
	const text = file.subarray(0, 4_096).toString('latin1').replaceAll('\0', '').toLowerCase();
	return /<(!doctype|html|svg|script|head|body|\?xml|iframe)\b/.test(text) ? 'page' : 'unknown';
}
