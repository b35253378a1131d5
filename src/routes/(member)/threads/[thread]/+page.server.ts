import { redirect } from '@sveltejs/kit';
import { action } from '$lib/shared/action.server';
import { link } from '$lib/shared/i18n/link';
import { m } from '$lib/shared/i18n/paraglide/messages';
import { found, page } from '$lib/shared/page.server';
import * as threads from '$lib/threads/data.server';
import { preview } from '$lib/threads/preview.server';
import { permalink, readPage } from '$lib/threads/rules';
import { closingSchema, deletionSchema, editSchema, replySchema } from '$lib/threads/schema';
import { shown } from '$lib/threads/shown.server';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person }, params, url }: PageServerLoadEvent) => {
	const { person_id: personId, organizer } = found(person);
	const at = readPage(url.searchParams.get('page'));
	const thread = shown(found(await threads.byId(db, params.thread, at, personId)), {
		personId,
		organizer,
		page: at,
		editing: Number(url.searchParams.get('edit')),
		removing: Number(url.searchParams.get('delete'))
	});
	const { number: last } = found(thread.posts.at(-1));
	if (last >= thread.firstUnread) await threads.markRead(db, params.thread, last);
	return { thread, clientKey: crypto.randomUUID() };
});

export const actions = {
	reply: action(
		replySchema,
		async (post, { locals, params: { thread } }) => {
			const number = await threads.reply(locals.db, thread, post);
			redirect(303, link(permalink(thread, number)));
		},
		{ id: 'reply' }
	),
	preview: preview('reply'),
	edit: action(
		editSchema,
		async ({ post, number, body }, { locals, params: { thread } }) => {
			await threads.edit(locals.db, post, body);
			redirect(303, link(permalink(thread, number)));
		},
		{ id: 'edit' }
	),
	delete: action(
		deletionSchema,
		async ({ post, number }, { locals, params: { thread } }) => {
			await threads.remove(locals.db, post);
			redirect(303, link(permalink(thread, number)));
		},
		{ id: 'delete' }
	),
	close: action(
		closingSchema,
		async ({ closed }, { locals, params: { thread } }) => {
			await threads.setClosed(locals.db, thread, closed === 'yes');
			return closed === 'yes' ? m.threads_close_done() : m.threads_reopen_done();
		},
		{ id: 'close' }
	)
} satisfies Actions;
