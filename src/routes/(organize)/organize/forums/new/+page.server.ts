import { redirect } from '@sveltejs/kit';
import * as forums from '$lib/forums/data.server';
import { newForumSchema } from '$lib/forums/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, RequestEvent } from './$types';

export const actions = {
	create: action(
		newForumSchema,
		async (forum, event: RequestEvent) => {
			const slug = await forums.create(event.locals.db, forum);
			flash(event, 'forums_done_created');
			redirect(303, link(`/organize/forums/${slug}`));
		},
		{
			id: 'new',
			beside: {
				forums_slug_once: 'slug',
				forums_slug_shape: 'slug',
				forums_dates_in_order: 'ends_on',
				forum_day_passed: 'ends_on',
				unknown_time_zone: 'time_zone'
			}
		}
	)
} satisfies Actions;
