import { redirect } from '@sveltejs/kit';
import * as registrations from '$lib/registrations/data.server';
import { cancellationSchema } from '$lib/registrations/schema';
import * as sessions from '$lib/sessions/data.server';
import { action } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db, account } = locals;
	const { forum, registration } = found(
		await registrations.withForum(db, params.slug, account!.id)
	);
	const { signups } = await sessions.mine(db, forum.forum_id, account!.id);
	return {
		forum,
		registration,
		signups,
		asking: url.searchParams.get('ask') === 'cancel'
	};
});

export const actions = {
	cancel: action(
		cancellationSchema,
		async ({ forum }, { locals, params }: RequestEvent) => {
			await registrations.cancel(locals.db, forum);
			redirect(303, link(`/forums/${params.slug}/registration`));
		},
		{ id: 'cancel' }
	)
} satisfies Actions;
