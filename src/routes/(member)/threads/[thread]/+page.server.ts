import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { action } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import * as threads from '$lib/threads/data.server';
import { preview } from '$lib/threads/preview.server';
import { permalink, readPage } from '$lib/threads/rules';
import { closingSchema, deletionSchema, editSchema, replySchema } from '$lib/threads/schema';
import type { ThreadResult } from '$lib/threads/view';
import { threadView } from '$lib/threads/view.server';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person }, params, url }: PageServerLoadEvent) => {
	const { person_id: personId, organizer } = found(person);
	const at = readPage(url.searchParams.get('page'));
	const thread = threadView(found(await threads.byId(db, params.thread, at, personId)), {
		personId,
		organizer,
		page: at,
		editing: Number(url.searchParams.get('edit')),
		removing: Number(url.searchParams.get('delete'))
	});
	const { number: last } = found(thread.posts.at(-1));
	if (last >= thread.firstUnread) await threads.markRead(db, params.thread, last);
	return { thread, clientKey: crypto.randomUUID(), done: url.searchParams.get('done') };
});

type Event = RequestEvent<{ thread: string }>;

const edit = action(
	editSchema,
	async (change, { locals, params: { thread } }: Event) => {
		await threads.edit(locals.db, change);
		redirect(303, link(permalink(thread, change.number)));
	},
	{ id: 'edit' }
);

/** An edit that somebody else's came before also brings what stands now, and from where to go on. */
async function withStored(answer: Awaited<ReturnType<typeof edit>>, { locals }: Event) {
	if (!('status' in answer) || answer.data.refusal?.key !== 'post_changed') return answer;
	const standing = await threads.standing(locals.db, String(answer.data.values?.post));
	return fail<ThreadResult>(answer.status, { ...answer.data, standing: standing ?? undefined });
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
