import { randomUUID } from 'node:crypto';
import * as materials from '$lib/materials/data.server';
import { MOST } from '$lib/materials/rules';
import {
	fileEditSchema,
	fileSchema,
	linkEditSchema,
	linkSchema,
	materialSchema
} from '$lib/materials/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { roomWords } from '$lib/materials/words';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const organized = found(await materials.organized(locals.db, params.slug));
	const asked = url.searchParams.get('material');
	return {
		...organized,
		room: roomWords(organized.bytes, MOST.forum),
		fresh: [randomUUID(), randomUUID()] as const,
		edited: organized.materials.find(({ material_id }) => material_id === asked) ?? null
	};
});

const now = async ({ locals, params }: RequestEvent) =>
	found(await materials.organized(locals.db, params.slug));

/** What is stored now, as the fields have it. */
async function stored({ material }: { material: string }, event: RequestEvent) {
	const saved = (await now(event)).materials.find(({ material_id }) => material_id === material);
	if (!saved) return null;
	const { version, title_en, title_fr, url, language, audience } = saved;
	return { version, title_en, title_fr, url: url ?? '', language, audience };
}

const beside = { material_public_closed: 'audience' } as const;

export const actions = {
	add_file: action(
		fileSchema,
		async (file, event: RequestEvent) => {
			const { forum } = await now(event);
			await materials.addFile(event.locals.db, forum.forum_id, file);
			back(event, 'materials_done_file');
		},
		{
			id: 'file',
			beside: {
				...beside,
				file_empty: 'file',
				file_unknown: 'file',
				file_damaged: 'file',
				file_archive: 'file',
				file_macros: 'file',
				file_page: 'file',
				file_program: 'file',
				materials_full: 'file'
			}
		}
	),
	add_link: action(
		linkSchema,
		async (link, event: RequestEvent) => {
			const { forum } = await now(event);
			await materials.addLink(event.locals.db, forum.forum_id, link);
			back(event, 'materials_done_link');
		},
		{ id: 'link', beside }
	),
	save_file: action(
		fileEditSchema,
		async (edit, event: RequestEvent) => {
			await materials.save(event.locals.db, edit);
			back(event, 'materials_done_saved');
		},
		{ id: 'edit', beside, stored }
	),
	save_link: action(
		linkEditSchema,
		async (edit, event: RequestEvent) => {
			await materials.save(event.locals.db, edit);
			back(event, 'materials_done_saved');
		},
		{ id: 'edit', beside, stored }
	),
	delete: action(
		materialSchema,
		async ({ material }, event: RequestEvent) => {
			await materials.remove(event.locals.db, material);
			back(event, 'materials_done_deleted');
		},
		{ id: 'delete-material' }
	)
} satisfies Actions;
