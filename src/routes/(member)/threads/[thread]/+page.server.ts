import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { action } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import { isForReading } from '$lib/platform/http/reading.server';
import * as threads from '$lib/threads/data.server';
import { preview } from '$lib/threads/preview.server';
import { permalink, readPage } from '$lib/threads/rules';
import {
	closingSchema,
	deletionSchema,
	editSchema,
	replySchema,
	threadPageSchema
} from '$lib/threads/schema';
import type { ThreadResult } from '$lib/threads/view';
import { threadView } from '$lib/threads/view.server';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(
	async ({ locals, params, url, request, isDataRequest }: PageServerLoadEvent) => {
		const read = found(threadPageSchema.shape.page.parse(locals.page));
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
		if (last >= thread.firstUnread && isForReading(request))
			await threads.markRead(locals.db, params.thread, last);
		return { thread, clientKey: crypto.randomUUID(), done: url.searchParams.get('done') };
	}
);

type Event = RequestEvent<{ thread: string }>;

const edit = action(
	editSchema,
	async (change, { locals, params: { thread } }: Event) => {
		await threads.edit(locals.db, change);
		redirect(303, link(permalink(thread, change.number)));
	},
	{ id: 'edit' }
);

/** On a version conflict the answer also holds the stored text and version, for the form to show both. */
async function withStored(answer: Awaited<ReturnType<typeof edit>>, { locals }: Event) {
	if (!('status' in answer) || answer.data.refusal?.key !== 'post_changed') return answer;
	const stored = await threads.stored(locals.db, String(answer.data.values?.post));
	return fail<ThreadResult>(answer.status, { ...answer.data, stored: stored ?? undefined });
}

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
	edit: async (event: Event) => withStored(await edit(event), event),
	look: preview('edit'),
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
		async ({ closed }, { locals, params: { thread }, url }) => {
			await threads.setClosed(locals.db, thread, closed === 'yes');
			const at = readPage(url.searchParams.get('page'));
			redirect(303, link(`/threads/${thread}?page=${at}&done=${closed}#keep`));
		},
		{ id: 'close' }
	)
} satisfies Actions;
