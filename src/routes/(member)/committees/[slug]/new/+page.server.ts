import { redirect } from '@sveltejs/kit';
import * as committees from '$lib/committees/data.server';
import { action, preview } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import { post } from '$lib/platform/text/markdown.server';
import * as threads from '$lib/threads/data.server';
import { permalink } from '$lib/threads/rules';
import { threadSchema } from '$lib/threads/schema';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person }, params }: PageServerLoadEvent) => {
	const { person_id, organizer, counts_as_government } = found(person);
	const all = await committees.withMine(db, person_id);
	const committee = found(
		all.find(({ slug, mine }) => slug === params.slug && (mine || organizer))
	);
	return {
		committee,
		committees: all,
		outsideGovernment: !counts_as_government,
		clientKey: crypto.randomUUID()
	};
});

export const actions = {
	start: action(
		threadSchema,
		async (thread, { locals }) => {
			const id = await threads.start(locals.db, thread);
			redirect(303, link(permalink(id, 1)));
		},
		{ id: 'start' }
	),
	preview: preview(threadSchema, ['body'], post, { id: 'start' })
} satisfies Actions;
