import * as notes from '$lib/notes/data.server';
import { noTakerSchema, promptsSchema, takerSchema } from '$lib/notes/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) =>
	found(await notes.organize(locals.db, params.slug))
);

export const actions = {
	name: action(
		takerSchema,
		async (taker, event: RequestEvent) => {
			await notes.name(event.locals.db, taker);
			back(event, 'notes_done_named');
		},
		{
			id: 'name',
			beside: { note_taker_without_account: 'address', note_taker_not_admitted: 'address' }
		}
	),
	end: action(
		noTakerSchema,
		async ({ session, person }, event: RequestEvent) => {
			await notes.end(event.locals.db, session, person);
			back(event, 'notes_done_ended');
		},
		{ id: 'end' }
	),
	prompts: action(
		promptsSchema,
		async (prompts, event: RequestEvent) => {
			await notes.savePrompts(event.locals.db, prompts);
			back(event, 'notes_done_prompts');
		},
		{
			id: 'prompts',
			beside: { note_prompts_in_pairs: 'prompts_fr', note_prompts_number: 'prompts_en' },
			stored: async (_, { locals, params }: RequestEvent) => {
				const saved = await notes.organize(locals.db, params.slug);
				if (!saved) return null;
				const { version, prompts_en, prompts_fr } = saved.prompts;
				return { version, prompts_en: prompts_en.join('\n'), prompts_fr: prompts_fr.join('\n') };
			}
		}
	)
} satisfies Actions;
