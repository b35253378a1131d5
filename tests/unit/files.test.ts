import fc from 'fast-check';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf } from '$lib/platform/files/content.server';
import { folderStore, type FileStore } from '$lib/platform/files/folder.server';
import { projectStore } from '$lib/platform/files/project.server';

// Files as organizers may choose them, by mistake or on purpose.

const png = Buffer.from(
	'89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082',
	'hex'
);
function chunk(name: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const made = Buffer.alloc(body.length + 8);
	made.writeUInt32BE(data.length);
	body.copy(made, 4);
	return made;
}
const withChunk = (name: string, text: string) =>
	Buffer.concat([png.subarray(0, 33), chunk(name, Buffer.from(text)), png.subarray(33)]);

const segment = (marker: number, data: string | Buffer) => {
	const body = Buffer.from(data as string, typeof data === 'string' ? 'latin1' : undefined);
	const head = Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]);
	return Buffer.concat([head, body]);
};
const exif = (turn: number, order: 'II' | 'MM' = 'MM') => {
	const tiff = Buffer.alloc(26);
	tiff.write(order, 0, 'latin1');
	const short = (value: number, at: number) =>
		order === 'MM' ? tiff.writeUInt16BE(value, at) : tiff.writeUInt16LE(value, at);
	const long = (value: number, at: number) =>
		order === 'MM' ? tiff.writeUInt32BE(value, at) : tiff.writeUInt32LE(value, at);
	short(42, 2);
	long(8, 4);
	short(1, 8);
	short(0x112, 10);
	short(3, 12);
	long(1, 14);
	short(turn, 18);
	return segment(
		0xe1,
		Buffer.concat([
			Buffer.from('Exif\0\0GPS 49.8951 N'.slice(0, 6), 'latin1'),
			tiff,
			Buffer.from('GPS 49.8951 N')
		])
	);
};
const scan = Buffer.concat([
	segment(0xda, '\x01\x01\x00\x00\x3f\x00'),
	Buffer.from([1, 0xff, 0, 2, 0xff, 0xd0, 3])
]);
const jpeg = (...extra: Buffer[]) =>
	Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
		...extra,
		segment(0xdb, '\0'.repeat(65)),
		segment(0xc0, '\x08\0\x01\0\x01\x01\x01\x11\0'),
		segment(0xc4, '\0'.repeat(17)),
		scan,
		Buffer.from([0xff, 0xd9])
	]);

/** An archive of such names and contents; `as` says another size than the content has. */
function zip(
	files: Record<string, string>,
	{ as, flags = 0 }: { as?: number; flags?: number } = {}
) {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const [name, text] of Object.entries(files)) {
		const isStored = name === 'mimetype';
		const packed = isStored ? Buffer.from(text) : deflateRawSync(Buffer.from(text));
		const local = Buffer.alloc(30);
		local.writeUInt32LE(0x04034b50);
		local.writeUInt16LE(flags, 6);
		local.writeUInt16LE(isStored ? 0 : 8, 8);
		local.writeUInt32LE(packed.length, 18);
		local.writeUInt32LE(as ?? text.length, 22);
		local.writeUInt16LE(Buffer.byteLength(name), 26);
		const central = Buffer.alloc(46);
		central.writeUInt32LE(0x02014b50);
		local.copy(central, 8, 6, 30);
		central.writeUInt32LE(at, 42);
		directory.push(central, Buffer.from(name));
		parts.push(local, Buffer.from(name), packed);
		at += 30 + Buffer.byteLength(name) + packed.length;
	}
	const end = Buffer.alloc(22);
	const size = directory.reduce((sum, one) => sum + one.length, 0);
	end.writeUInt32LE(0x06054b50);
	end.writeUInt16LE(Object.keys(files).length, 8);
	end.writeUInt16LE(Object.keys(files).length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, ...directory, end]);
}
const types = { '[Content_Types].xml': '<Types/>' };
const docx = { ...types, 'word/document.xml': '<w:document/>' };
const pdf = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

describe('what a file is', () => {
	test.each([
		['pdf', pdf],
		['png', png],
		['jpg', jpeg()],
		['docx', zip(docx)],
		['pptx', zip({ ...types, 'ppt/presentation.xml': '' })],
		['xlsx', zip({ ...types, 'xl/workbook.xml': '' })],
		['odt', zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '' })],
		['odp', zip({ mimetype: 'application/vnd.oasis.opendocument.presentation', 'a.xml': '' })],
		['ods', zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'a.xml': '' })]
	])('%s is known by its content', (type, file) => {
		expect(contentOf(file)).toMatchObject({ type });
	});

	test.each([
		['nothing', 'empty', Buffer.alloc(0)],
		['a web page', 'page', Buffer.from('\n<!DOCTYPE html><script>alert(1)</script>')],
		['SVG', 'page', Buffer.from('<?xml version="1.0"?><svg onload="alert(1)"/>')],
		['a page in UTF-16', 'page', Buffer.from('\ufeff<html><body>', 'utf16le')],
		['a program of Windows', 'program', Buffer.from('MZ\x90\0')],
		['a program of Linux', 'program', Buffer.from('\x7fELF', 'latin1')],
		['a script', 'program', Buffer.from('#!/bin/sh\nrm -rf ~')],
		['an archive', 'archive', zip({ 'readme.txt': 'Hello' })],
		['gzip', 'archive', Buffer.from('1f8b0800', 'hex')],
		['a document of old Office', 'macros', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
		['a document with macros', 'macros', zip({ ...docx, 'word/vbaProject.bin': '' })],
		['a document with a program', 'macros', zip({ ...docx, 'word/a.EXE': '' })],
		['text', 'unknown', Buffer.from('Hello, this is a note.')],
		['an animation', 'unknown', Buffer.from('GIF89a')],
		['a bomb', 'damaged', zip({ ...docx, 'word/a.xml': '' }, { as: 0xf0000000 })],
		['a locked document', 'damaged', zip(docx, { flags: 1 })],
		['a name that leads out', 'damaged', zip({ ...docx, '../../evil.xml': '' })],
		['two entries of one name', 'damaged', zip({ ...docx, 'WORD/document.xml': '' })],
		['an archive with something before', 'unknown', Buffer.concat([Buffer.from('x'), zip(docx)])],
		['an archive with something after', 'damaged', Buffer.concat([zip(docx), Buffer.from('x')])],
		['PDF that is an archive too', 'damaged', Buffer.concat([pdf, zip(docx)])],
		['PDF that is a page too', 'damaged', Buffer.concat([pdf, Buffer.from('<script>')])],
		['PDF that is cut off', 'damaged', pdf.subarray(0, 20)],
		['a picture that is cut off', 'damaged', png.subarray(0, 50)],
		['a photo that is cut off', 'damaged', jpeg().subarray(0, 90)]
	])('%s is not taken', (_, fault, file) => {
		expect(contentOf(file)).toEqual({ fault });
	});

	test('no bytes make it fail in another way', () => {
		const heads = [png, jpeg(exif(6)), zip(docx), pdf].flatMap((file) => [
			file,
			file.subarray(0, 40)
		]);
		fc.assert(
			fc.property(
				fc.constantFrom(...heads),
				fc.uint8Array({ maxLength: 60 }),
				fc.nat(300),
				(file, noise, at) => {
					const damaged = Buffer.from(file);
					Buffer.from(noise).copy(damaged, Math.min(at, damaged.length));
					const { type, fault } = contentOf(damaged);
					expect(Boolean(type) !== Boolean(fault)).toBe(true);
				}
			),
			{ numRuns: 2_000 }
		);
	});
});

describe('pictures lose what cameras write', () => {
	const cleaned = (file: Buffer) => {
		const content = contentOf(file);
		if (content.fault) throw new Error(content.fault);
		return content.bytes;
	};

	test('the place, the device and comments of a photo', () => {
		const file = jpeg(
			exif(1),
			segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS'),
			segment(0xed, 'Photoshop 3.0\0GPS'),
			segment(0xe2, 'ICC_PROFILE\0GPS'),
			segment(0xfe, 'GPS')
		);
		expect(file.includes('GPS')).toBe(true);
		expect(cleaned(file)).toEqual(jpeg());
	});

	test('but not which way is up', () => {
		for (const order of ['II', 'MM'] as const) {
			for (let turn = 2; turn <= 8; turn++) {
				const file = cleaned(jpeg(exif(turn, order)));
				expect(file.includes('GPS')).toBe(false);
				// Cleaned once more it is the same: what was written is read again.
				expect(cleaned(file)).toEqual(file);
				expect(file.includes('Exif')).toBe(true);
				expect(file.readUInt16BE(2 + 4 + 6 + 8 + 2 + 8)).toBe(turn);
			}
		}
	});

	test('texts, dates and profiles of a PNG', () => {
		for (const name of ['tEXt', 'iTXt', 'zTXt', 'eXIf', 'tIME', 'iCCP', 'prVt'])
			expect(cleaned(withChunk(name, 'GPS')), name).toEqual(png);
	});

	test('a second file behind the picture, and a small picture in its head', () => {
		expect(cleaned(Buffer.concat([png, zip(docx)]))).toEqual(png);
		expect(cleaned(Buffer.concat([jpeg(), jpeg(), zip(docx)]))).toEqual(jpeg());
		const small = segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01GPS');
		expect(cleaned(Buffer.concat([jpeg().subarray(0, 2), small, jpeg().subarray(20)]))).toEqual(
			jpeg()
		);
	});
});

/** As Supabase Storage answers; it has no bucket at first. */
function imitation() {
	const files = new Map<string, { body: Buffer; at: Date }>();
	let hasBucket = false;
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const body = Buffer.concat(parts);
			const path = request.url ?? '';
			const id = path.split('/').at(-1)!;
			const say = (status: number, said: unknown) =>
				response.writeHead(status).end(JSON.stringify(said));
			const missing = () => say(400, { statusCode: '404', error: 'not_found' });
			if (request.headers.authorization !== 'Bearer secret') return say(403, {});
			if (path === '/storage/v1/bucket') {
				hasBucket = true;
				return say(200, {});
			}
			if (!hasBucket) return missing();
			if (path === '/storage/v1/object/list/materials') {
				const { limit, offset } = JSON.parse(body.toString()) as { limit: number; offset: number };
				const all = [...files].map(([name, { at }]) => ({ name, created_at: at.toISOString() }));
				return say(200, all.slice(offset, offset + limit));
			}
			if (request.method === 'DELETE') {
				for (const name of (JSON.parse(body.toString()) as { prefixes: string[] }).prefixes)
					files.delete(name);
				return say(200, []);
			}
			if (request.method === 'POST') {
				if (files.has(id)) return say(400, { statusCode: '409' });
				files.set(id, { body, at: new Date() });
				return say(200, {});
			}
			const found = files.get(id);
			if (!found) return missing();
			response.writeHead(200, { 'content-length': found.body.length }).end(found.body);
		});
	});
	const age = (id: string) => files.set(id, { ...files.get(id)!, at: new Date(0) });
	return { server, age };
}

describe.each(['a folder', 'Supabase Storage'])('the store in %s', (kind) => {
	let store: FileStore;
	let age: (id: string) => void;
	let server: Server | undefined;
	const folder = join(mkdtempSync(join(tmpdir(), 'files-')), 'files');
	beforeAll(async () => {
		if (kind === 'a folder') {
			store = folderStore(folder);
			age = (id) => utimesSync(join(folder, id), new Date(0), new Date(0));
			return;
		}
		const made = imitation();
		({ server, age } = made);
		await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening));
		const { port } = server.address() as AddressInfo;
		store = projectStore({
			url: `http://127.0.0.1:${port}`,
			publishableKey: '',
			secretKey: 'secret'
		});
	});
	afterAll(() => {
		server?.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const read = async (id: string) => {
		const found = await store.get(id);
		return (
			found && {
				...found,
				body: Buffer.from(await new Response(found.body as BodyInit).arrayBuffer())
			}
		);
	};

	test('gives back what was put, and nothing else', async () => {
		const [one, other] = [randomUUID(), randomUUID()];
		expect(await read(one)).toBeNull();
		await store.remove(one);
		const bytes = Buffer.alloc(10_000_000, 'é');
		await store.put(one, bytes);
		const found = await read(one);
		expect(found?.bytes).toBe(bytes.length);
		expect(found?.body.equals(bytes)).toBe(true);
		expect(await read(other)).toBeNull();
	});

	test('deletes, twice too', async () => {
		const id = randomUUID();
		await store.put(id, Buffer.from('one'));
		await store.remove(id);
		await store.remove(id);
		expect(await read(id)).toBeNull();
	});

	test('knows what is old', async () => {
		const [old, fresh] = [randomUUID(), randomUUID()];
		await store.put(old, Buffer.from('old'));
		await store.put(fresh, Buffer.from('fresh'));
		age(old);
		expect(await store.before(new Date(Date.now() - 3_600_000))).toEqual([old]);
	});

	test('takes no name that is not an id', async () => {
		const id = randomUUID();
		for (const name of ['../secrets.json', '', `${id}/../x`, `${id}\n`, 'A'.repeat(36)]) {
			await expect(store.put(name, Buffer.from('x'))).rejects.toThrow('not the id of a file');
			await expect((async () => store.get(name))()).rejects.toThrow('not the id of a file');
		}
	});
});

test('a file whose writing was cut off is not there, and is found among what is old', async () => {
	const folder = join(mkdtempSync(join(tmpdir(), 'files-')), 'files');
	const store = folderStore(folder);
	const [whole, half] = [randomUUID(), randomUUID()];
	await store.put(whole, Buffer.from('whole'));
	writeFileSync(join(folder, `${half}.part`), 'ha');
	expect(await store.get(half)).toBeNull();
	expect((await store.before(new Date(Date.now() + 60_000))).sort()).toEqual([whole, half].sort());
	await store.remove(half);
	expect(readdirSync(folder)).toEqual([whole]);
	expect(statSync(folder).mode & 0o777).toBe(0o700);
	expect(statSync(join(folder, whole)).mode & 0o777).toBe(0o600);
	rmSync(folder, { recursive: true });
});
