import { redirect } from '@sveltejs/kit';
import * as registrations from '$lib/registrations/data.server';
import { cancellationSchema } from '$lib/registrations/schema';
import { freeTimes } from '$lib/sessions/rules';
import { whenOf } from '$lib/sessions/words';
import * as directory from '$lib/directory/data.server';
import { sectorName } from '$lib/directory/words';
import * as sessions from '$lib/sessions/data.server';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db, account, person } = locals;
	const { forum, registration } = found(
		await registrations.withForum(db, params.slug, account!.id)
	);
	const { signups, sessions: all } = await sessions.mine(db, forum.forum_id, account!.id);
	const reader = {
		confirmed: registration?.status === 'confirmed',
		mode: registration?.mode ?? null,
		governmental: person?.counts_as_government ?? true,
		approved: person?.approved ?? false,
		signups
	};
	return {
		forum,
		registration,
		sector: registration && sectorName(await directory.sectors(), registration.sector),
		signups,
		when: whenOf(forum, all),
		free: freeTimes(all, reader),
		email: account!.email,
		asking: url.searchParams.get('ask') === 'cancel'
	};
});

export const actions = {
	cancel: action(
		cancellationSchema,
		async ({ forum }, event: RequestEvent) => {
			const { locals, params } = event;
			await registrations.cancel(locals.db, forum);
			flash(event, 'registrations_done_cancelled');
			redirect(303, link(`/forums/${params.slug}/registration`));
		},
		{ id: 'cancel' }
	)
} satisfies Actions;
