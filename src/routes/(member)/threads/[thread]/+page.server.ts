import { redirect, type RequestEvent } from '@sveltejs/kit';
import { action, preview } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import { isForReading } from '$lib/platform/http/reading.server';
import { post } from '$lib/platform/text/markdown.server';
import * as threads from '$lib/threads/data.server';
import { permalink, query, readPage } from '$lib/threads/rules';
import {
	closingSchema,
	deletionSchema,
	editSchema,
	replySchema,
	type Thread
} from '$lib/threads/schema';
import { threadView } from '$lib/threads/view.server';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(
	async ({ locals, params, url, request, isDataRequest }: PageServerLoadEvent) => {
		const read = found(locals.page as Thread | null);
		const thread = threadView(
			read,
			{
				page: readPage(url.searchParams.get('page')),
				editing: Number(url.searchParams.get('edit')),
				removing: Number(url.searchParams.get('delete'))
			},
			!isDataRequest
		);
		const last = found(thread.last);
		// A read that writes: reading a page of posts marks them as read, and only when some were new.
		if (last > read.read && isForReading(request))
			await threads.markRead(locals.db, params.thread, last);
		return { thread, clientKey: crypto.randomUUID() };
	}
);

type Event = RequestEvent<{ thread: string }>;

const at = ({ params }: Event, number: number) => link(permalink(params.thread, number));

export const actions = {
	reply: action(
		replySchema,
		async (reply, event: Event) => {
			const number = await threads.reply(event.locals.db, event.params.thread, reply);
			redirect(303, at(event, number));
		},
		{ id: 'reply' }
	),
	preview: preview(replySchema, ['body'], post, { id: 'reply' }),
	edit: action(
		editSchema,
		async (change, event: Event) => {
			await threads.edit(event.locals.db, change);
			redirect(303, at(event, change.number));
		},
		{ id: 'edit', stored: (change, { locals }) => threads.stored(locals.db, change.post) }
	),
	look: preview(editSchema, ['body'], post, { id: 'edit' }),
	delete: action(
		deletionSchema,
		async (deletion, event: Event) => {
			await threads.remove(event.locals.db, deletion.post);
			redirect(303, at(event, deletion.number));
		},
		{ id: 'delete' }
	),
	close: action(
		closingSchema,
		async ({ closed }, event: Event) => {
			const { locals, params, url } = event;
			await threads.setClosed(locals.db, params.thread, closed === 'yes');
			const done = closed === 'yes' ? 'threads_done_closed' : 'threads_done_reopened';
			flash(event, done, { at: 'close' });
			const page = query(readPage(url.searchParams.get('page')));
			redirect(303, link(`/threads/${params.thread}${page}#keep`));
		},
		{ id: 'close' }
	)
} satisfies Actions;
