import { redirect } from '@sveltejs/kit';
import * as questions from '$lib/questions/data.server';
import * as registrations from '$lib/registrations/data.server';
import { answersOf } from '$lib/questions/rules';
import { cancellationSchema } from '$lib/registrations/schema';
import { freeTimes } from '$lib/sessions/rules';
import { whenOf } from '$lib/sessions/words';
import { countsAsGovernment } from '$lib/directory/rules';
import * as sessions from '$lib/sessions/data.server';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db, account, person } = locals;
	const [own, asked] = await Promise.all([
		registrations.withForum(db, params.slug, account!.id),
		questions.answered(db, params.slug)
	]);
	const { forum, registration } = found(own);
	const { signups, sessions: all } = await sessions.mine(db, forum.forum_id, account!.id);
	const reader = {
		confirmed: registration?.status === 'confirmed',
		mode: registration?.mode ?? null,
		governmental: countsAsGovernment(person?.sector ?? null),
		approved: person?.approved ?? false,
		signups
	};
	return {
		forum,
		registration,
		questions: asked,
		answers: answersOf(asked),
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
