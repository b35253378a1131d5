import { redirect } from '@sveltejs/kit';
import * as fees from '$lib/fees/data.server';
import {
	askedSchema,
	categoryOnly,
	categorySchema,
	hideSchema,
	markSchema,
	moveSchema,
	noteSchema
} from '$lib/fees/schema';
import { editedOf } from '$lib/fees/view.server';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const askedOf = (url: URL) => askedSchema.parse(Object.fromEntries(url.searchParams));

async function read({ locals, params, url }: Pick<RequestEvent, 'locals' | 'params' | 'url'>) {
	return found(await fees.overview(locals.db, params.slug!, askedOf(url)));
}

export const load = page(async (event: PageServerLoadEvent) => {
	const overview = await read(event);
	const category = event.url.searchParams.get('category');
	const edited = editedOf(overview.categories, category);
	return {
		overview,
		asked: askedOf(event.url),
		editing: category === 'new' || edited !== null,
		edited
	};
});

function back(
	{ cookies, url, params }: RequestEvent,
	done: Parameters<typeof flash>[1],
	query: `?${string}` | '' = '',
	options?: Parameters<typeof flash>[2]
): never {
	flash({ cookies, url }, done, options);
	redirect(303, link(`/organize/forums/${params.slug}/fees${query}`));
}

export const actions = {
	mark: action(
		markSchema,
		async (marked, event: RequestEvent) => {
			const count = await fees.mark(event.locals.db, marked);
			const { list } = askedOf(event.url);
			back(event, 'fees_done_marked', `?list=${list}`, { values: { count } });
		},
		{ id: 'mark', beside: { fee_paid_day: 'paid_on' } }
	),
	save: action(
		categorySchema,
		async (category, event: RequestEvent) => {
			const { forum } = await read(event);
			await fees.save(event.locals.db, forum.forum_id, category);
			back(event, 'fees_done_saved');
		},
		{
			id: 'category',
			stored: async ({ category }, event: RequestEvent) =>
				editedOf((await read(event)).categories, category)?.fields ?? null,
			beside: { fee_category_chosen: 'amount' }
		}
	),
	move: action(
		moveSchema,
		async ({ category, way }, event: RequestEvent) => {
			await fees.move(event.locals.db, category, way === 'up');
			back(event, 'fees_done_moved', `?category=${category}`);
		},
		{ id: 'move' }
	),
	hide: action(
		hideSchema,
		async ({ category, hidden }, event: RequestEvent) => {
			await fees.hide(event.locals.db, category, hidden);
			const done = hidden ? 'fees_done_hidden' : 'fees_done_shown';
			back(event, done, `?category=${category}`);
		},
		{ id: 'hide' }
	),
	delete: action(
		categoryOnly,
		async ({ category }, event: RequestEvent) => {
			await fees.remove(event.locals.db, category);
			back(event, 'fees_done_deleted');
		},
		{ id: 'delete-category' }
	),
	note: action(
		noteSchema,
		async (note, event: RequestEvent) => {
			await fees.saveNote(event.locals.db, note);
			back(event, 'fees_done_note');
		},
		{ id: 'note', stored: async (_, event: RequestEvent) => (await read(event)).note }
	)
} satisfies Actions;
