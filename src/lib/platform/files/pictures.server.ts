// Pictures without what cameras and programs write beside them: place, device, name, previews. Only what
// draws the picture is copied; the pixels are not encoded again.

/** A picture that is cut off, or made in a way that is not known here. */
export class Damaged extends Error {
	override readonly name = 'Damaged';
}

const PNG_HEAD = 8;
/** A colour profile is left out: it is packed, and may hold any text. */
const PNG_CHUNKS = new Set(
	'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs acTL fcTL fdAT'.split(' ')
);

/** @throws Damaged */
export function cleanPng(file: Buffer): Buffer {
	const parts: Buffer[] = [file.subarray(0, PNG_HEAD)];
	let drawn = false;
	for (let at = PNG_HEAD; ;) {
		if (at + 12 > file.length) throw new Damaged();
		const length = file.readUInt32BE(at);
		const name = file.toString('latin1', at + 4, at + 8);
		const end = at + 12 + length;
		if (end > file.length || (at === PNG_HEAD) !== (name === 'IHDR')) throw new Damaged();
		drawn ||= name === 'IDAT';
		if (PNG_CHUNKS.has(name)) parts.push(file.subarray(at, end));
		// What comes after the end is another file.
		if (name === 'IEND') break;
		at = end;
	}
	if (!drawn) throw new Damaged();
	return Buffer.concat(parts);
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const EXIF = 0xe1;
const JFIF = 0xe0;
const ADOBE = 0xee;

/** What draws the picture, and the one segment of a program without which its colours are others. */
const isDrawn = (marker: number) => marker < JFIF || marker === ADOBE;

/** Which way is up stays: without it most pictures of phones lie on their side. @throws Damaged */
export function cleanJpeg(file: Buffer): Buffer {
	const parts: Buffer[] = [Buffer.from([0xff, SOI])];
	let turn = 1;
	let drawn = false;
	for (let at = 2; ;) {
		if (file[at] !== 0xff) throw new Damaged();
		while (file[at + 1] === 0xff) at++;
		const marker = file[at + 1];
		if (marker === undefined) throw new Damaged();
		if (marker === EOI) break;
		const end = segmentEnd(file, at, marker);
		if (marker === EXIF) turn = orientationIn(file.subarray(at + 4, end)) ?? turn;
		else if (marker === JFIF) parts.push(plainJfif(file.subarray(at, end)));
		else if (isDrawn(marker)) parts.push(file.subarray(at, end));
		at = end;
		if (marker !== SOS) continue;
		drawn = true;
		at = scanEnd(file, end);
		parts.push(file.subarray(end, at));
	}
	if (!drawn) throw new Damaged();
	parts.push(Buffer.from([0xff, EOI]));
	if (turn > 1) parts.splice(1, 0, exifWith(turn));
	return Buffer.concat(parts);
}

function segmentEnd(file: Buffer, at: number, marker: number): number {
	// Restarts, a second beginning and nothing at all have no place between segments.
	if (marker < 0xc0 || (marker >= 0xd0 && marker <= SOI) || at + 4 > file.length)
		throw new Damaged();
	const length = file.readUInt16BE(at + 2);
	if (length < 2 || at + 2 + length > file.length) throw new Damaged();
	return at + 2 + length;
}

// In the drawing itself FF is followed by 0 or a restart.
function scanEnd(file: Buffer, from: number): number {
	for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
		const next = file[at + 1];
		if (next === undefined) break;
		if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
	}
	throw new Damaged();
}

/** The segment without a small picture of before the last change. */
function plainJfif(segment: Buffer): Buffer {
	const length = 16;
	if (segment.toString('latin1', 4, 9) !== 'JFIF\0' || segment.length < 2 + length)
		return Buffer.alloc(0);
	const plain = Buffer.from(segment.subarray(0, 2 + length));
	plain.writeUInt16BE(length, 2);
	plain.writeUInt16BE(0, 2 + length - 2);
	return plain;
}

const TIFF_HEAD = 'Exif\0\0'.length;
const ORIENTATION = 0x0112;

/** 1 to 8, or nothing that could be read. */
function orientationIn(segment: Buffer): number | null {
	if (segment.toString('latin1', 0, TIFF_HEAD) !== 'Exif\0\0') return null;
	const tiff = segment.subarray(TIFF_HEAD);
	const order = tiff.toString('latin1', 0, 2);
	if ((order !== 'II' && order !== 'MM') || tiff.length < 8) return null;
	const short = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
	const first = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
	if (first + 2 > tiff.length) return null;
	for (let n = 0; n < short(first); n++) {
		const at = first + 2 + n * 12;
		if (at + 12 > tiff.length) return null;
		if (short(at) !== ORIENTATION) continue;
		const turn = short(at + 8);
		return turn >= 1 && turn <= 8 ? turn : null;
	}
	return null;
}

function exifWith(turn: number): Buffer {
	const entry = `01120003000000010${turn.toString(16).padStart(3, '0')}0000`;
	return Buffer.from(`ffe10022457869660000${'4d4d002a00000008'}0001${entry}00000000`, 'hex');
}
