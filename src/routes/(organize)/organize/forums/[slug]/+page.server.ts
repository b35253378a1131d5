import { redirect } from '@sveltejs/kit';
import * as directory from '$lib/directory/data.server';
import { sectorChoices } from '$lib/directory/words';
import * as forums from '$lib/forums/data.server';
import { gapsOf, isPastRecord } from '$lib/forums/rules';
import {
	cloneSchema,
	forumIdSchema,
	forumSchema,
	pastBeside,
	pastSchema
} from '$lib/forums/schema';
import * as mailings from '$lib/mailings/data.server';
import { faultsIn } from '$lib/forums/view.server';
import * as questions from '$lib/questions/data.server';
import * as sessions from '$lib/sessions/data.server';
import type { Db } from '$lib/platform/db/client.server';
import { action } from '$lib/platform/http/action.server';
import { back, flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const forum = found(await forums.forEditing(locals.db, params.slug));
	const asks = url.searchParams.get('ask');
	const { counts } = await mailings.overview(locals.db, forum.forum_id);
	return {
		forum,
		counts,
		fields: forums.fieldsOf(forum),
		past: isPastRecord(forum)
			? { fields: forums.pastOf(forum), offered: sectorChoices(await directory.sectors()) }
			: null,
		gaps: gapsOf(forum),
		asks,
		lost: asks === 'delete' ? await lostWith(locals.db, params.slug) : null,
		copy: crypto.randomUUID()
	};
});

/** What is deleted with a draft. */
async function lostWith(db: Db, slug: string) {
	const program = await sessions.forEditing(db, slug);
	const asked = await questions.forEditing(db, slug);
	return {
		sessions: program?.sessions.length ?? 0,
		questions: asked?.questions.length ?? 0
	};
}

type Done = Parameters<typeof flash>[1];

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

type ForEditing = Parameters<typeof forums.fieldsOf>[0];

/** What is saved now, as the fields of a form have it. */
function stored<Fields>(fieldsOf: (forum: ForEditing) => Fields) {
	return async (_: unknown, { locals, params }: RequestEvent) => {
		const forum = await forums.forEditing(locals.db, params.slug);
		return forum && fieldsOf(forum);
	};
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
			stored: stored(forums.fieldsOf),
			explain: async (refusal, typed, { locals, params }) =>
				refusal === 'forum_incomplete'
					? faultsIn(typed, await forums.forEditing(locals.db, params.slug))
					: null,
			beside: {
				forums_dates_in_order: 'ends_on',
				forum_day_passed: 'ends_on',
				forums_registration_in_order: 'registration_closes_at',
				registration_closes_after_forum: 'registration_closes_at',
				forums_capacity_fits_format: 'format',
				forums_webinar_is_online: 'format',
				unknown_time_zone: 'time_zone',
				capacity_in_person_below_confirmed: 'capacity_in_person',
				capacity_online_below_confirmed: 'capacity_online'
			}
		}
	),
	past: action(
		pastSchema,
		async (past, event: RequestEvent) => {
			await forums.savePast(event.locals.db, past);
			back(event, 'forums_done_saved');
		},
		{ id: 'past', stored: stored(forums.pastOf), beside: pastBeside }
	),
	clone: action(
		cloneSchema,
		async (asked, event: RequestEvent) => {
			const slug = await forums.clone(event.locals.db, asked);
			flash(event, 'forums_done_cloned');
			redirect(303, link(`/organize/forums/${slug}`));
		},
		{ id: 'clone', beside: { forum_day_passed: 'starts_on' } }
	),
	close: decision((db, id) => forums.setClosed(db, id, true), 'close', 'forums_done_closed'),
	open: decision((db, id) => forums.setClosed(db, id, false), 'open', 'forums_done_opened'),
	archive: decision(
		(db, id) => forums.setArchived(db, id, true),
		'archive',
		'forums_done_archived'
	),
	unarchive: decision(
		(db, id) => forums.setArchived(db, id, false),
		'unarchive',
		'forums_done_unarchived'
	),
	reopen: decision(forums.reopen, 'reopen', 'forums_done_reopened'),
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
