import { redirect } from '@sveltejs/kit';
import * as forums from '$lib/forums/data.server';
import * as mailings from '$lib/mailings/data.server';
import { gapsOf } from '$lib/forums/rules';
import { forumIdSchema, forumSchema } from '$lib/forums/schema';
import type { Db } from '$lib/platform/db/client.server';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const forum = found(await forums.forEditing(locals.db, params.slug));
	const { counts } = await mailings.overview(locals.db, forum.forum_id);
	return {
		forum,
		counts,
		fields: forums.fieldsOf(forum),
		gaps: gapsOf(forum),
		asks: url.searchParams.get('ask')
	};
});

type Done = Parameters<typeof flash>[1];

function back(event: RequestEvent, done: Done): never {
	flash(event, done);
	redirect(303, link(`/organize/forums/${event.params.slug}`));
}

/** A button about the forum as a whole. */
function decision(verb: (db: Db, forum: string) => Promise<unknown>, id: string, done: Done) {
	return action(
		forumIdSchema,
		async ({ forum }, event: RequestEvent) => {
			await verb(event.locals.db, forum);
			back(event, done);
		},
		{ id }
	);
}

async function stored(_: unknown, { locals, params }: RequestEvent) {
	const forum = await forums.forEditing(locals.db, params.slug);
	return forum && forums.fieldsOf(forum);
}

export const actions = {
	save: action(
		forumSchema,
		async (forum, event: RequestEvent) => {
			await forums.save(event.locals.db, forum);
			back(event, 'forums_done_saved');
		},
		{
			id: 'forum',
			stored,
			beside: {
				forums_dates_in_order: 'ends_on',
				forums_registration_in_order: 'registration_closes_at',
				forums_capacity_fits_format: 'format',
				unknown_time_zone: 'time_zone',
				capacity_in_person_below_confirmed: 'capacity_in_person',
				capacity_online_below_confirmed: 'capacity_online'
			}
		}
	),
	publish: decision(forums.publish, 'publish', 'forums_done_published'),
	unpublish: decision(forums.unpublish, 'unpublish', 'forums_done_unpublished'),
	cancel: decision(forums.cancel, 'cancel-forum', 'forums_done_cancelled'),
	delete: action(
		forumIdSchema,
		async ({ forum }, event: RequestEvent) => {
			await forums.remove(event.locals.db, forum);
			flash(event, 'forums_done_deleted');
			redirect(303, link('/organize'));
		},
		{ id: 'delete-draft' }
	)
} satisfies Actions;
