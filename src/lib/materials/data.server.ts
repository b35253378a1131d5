import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { answer, withDeadline, write, type Db } from '$lib/platform/db/client.server';
import { Refusal } from '$lib/platform/db/refusal';
import { contentOf, type Fault } from '$lib/platform/files/content.server';
import { fileStore } from '$lib/platform/files/storage.server';
import { wake } from '$lib/platform/jobs/worker.server';
import {
	organizedSchema,
	pageSchema,
	storedSchema,
	type fileEditSchema,
	type fileSchema,
	type linkSchema
} from './schema';

const TAGS = ['materials'];

const faults: Record<Fault, () => Refusal> = {
	empty: () => new Refusal('file_empty', 422),
	unknown: () => new Refusal('file_unknown', 422),
	damaged: () => new Refusal('file_damaged', 422),
	archive: () => new Refusal('file_archive', 422),
	macros: () => new Refusal('file_macros', 422),
	page: () => new Refusal('file_page', 422),
	program: () => new Refusal('file_program', 422)
};

/** The materials of a forum that who asks may read; null without such a forum. */
export async function list(db: Db, slug: string) {
	return pageSchema
		.nullable()
		.parse(await answer(db.rpc('materials_page', { slug }, { get: true })));
}

/** The materials of a forum with its sessions and how much room its files take. Organizers only; null without a forum. */
export async function organized(db: Db, slug: string) {
	return organizedSchema
		.nullable()
		.parse(await answer(db.rpc('materials_for_organizers', { slug }, { get: true })));
}

/** A file with what it is called, if who asks may read it now; null for everything else. */
export async function file(db: Db, material_id: string) {
	const stored = storedSchema
		.nullable()
		.parse(await answer(db.rpc('material_file', { material_id }, { get: true })));
	const found = stored && (await fileStore().get(stored.file_id));
	return found ? { ...stored, ...found } : null;
}

// The generator knows no argument that may be null.
type Arguments = Parameters<typeof addRow>[1];

function addRow(
	db: Db,
	{ session, material, ...about }: Omit<z.output<typeof linkSchema>, 'url'>,
	rest: { forum_id: string; url?: string; file_id?: string; type?: string; bytes?: number }
) {
	const fields = { url: null, file_id: null, type: null, bytes: null, ...rest };
	const row = { ...about, ...fields, material_id: material, session_id: session || null };
	return write(db.rpc('add_material', row as never), TAGS) as Promise<boolean>;
}

/** Adds a link; sent twice it is one. @throws Refusal too_many_materials, material_public_closed */
export function addLink(db: Db, forum_id: string, { url, ...link }: z.output<typeof linkSchema>) {
	return addRow(db, link as Arguments, { forum_id, url });
}

/**
 * Stores a file without what cameras write into pictures, and adds it; sent twice it is one.
 * The time of a slow upload does not count for the calls here.
 * @throws Refusal file_… for what is not taken, materials_full, too_many_materials, material_public_closed
 */
export async function addFile(
	db: Db,
	forum_id: string,
	{ file, ...about }: z.output<typeof fileSchema>
): Promise<void> {
	const content = contentOf(Buffer.from(await file.arrayBuffer()));
	if (content.fault) throw faults[content.fault]();
	const store = fileStore();
	const file_id = randomUUID();
	await store.put(file_id, content.bytes);
	const { type, bytes } = content;
	const stored = { forum_id, file_id, type, bytes: bytes.length };
	const isAdded = await withDeadline(() => addRow(db, about as Arguments, stored)).catch(
		async (thrown: unknown) => {
			// Without an answer the row may be there: what is left over is deleted later.
			if (thrown instanceof Refusal) await store.remove(file_id);
			throw thrown;
		}
	);
	if (!isAdded) await store.remove(file_id);
}

/** Changes a material over the version that the organizer saw. @throws Refusal material_changed, material_public_closed */
export function save(
	db: Db,
	{ material, session, ...rest }: z.output<typeof fileEditSchema> & { url?: string }
) {
	const row = { url: null, ...rest, material_id: material, session_id: session || null };
	return write(db.rpc('save_material', row as never), TAGS);
}

/** Deletes a material, and its file soon after. */
export async function remove(db: Db, material_id: string) {
	await write(db.rpc('delete_material', { material_id }), TAGS);
	wake();
}

/** Which of these files belong to no material. For the worker. */
export function withoutMaterial(db: Db, file_ids: string[]): Promise<string[]> {
	return answer(db.rpc('files_without_material', { file_ids }));
}
