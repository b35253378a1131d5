import { redirect } from '@sveltejs/kit';
import * as sessions from '$lib/sessions/data.server';
import { signupSchema } from '$lib/sessions/schema';
import { releaseView } from '$lib/sessions/view.server';
import { action } from '$lib/platform/http/action.server';
import type { Db } from '$lib/platform/db/client.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals: { db, person }, params }: PageServerLoadEvent) => {
	const { program_releases: releases, ...forum } = found(await sessions.program(db, params.slug));
	const release = releases[0] ? releaseView(releases[0], forum.time_zone) : null;
	if (!person) return { forum, release, mine: null, reader: null };
	const { registration, signups, waits } = await sessions.mine(
		db,
		forum.forum_id,
		person.person_id
	);
	const confirmed = registration?.status === 'confirmed';
	const mode = registration && registration.status !== 'cancelled' ? registration.mode : null;
	const governmental = person.counts_as_government;
	const reader = { confirmed, mode, governmental, approved: person.approved, signups, waits };
	return { forum, release, mine: registration, reader };
});

// Back to the very session, where its new status is to be seen.
function signupAction(verb: (db: Db, session: string) => Promise<unknown>) {
	return action(signupSchema, async ({ session }, { locals, params }: RequestEvent) => {
		await verb(locals.db, session);
		redirect(303, `${link(`/forums/${params.slug}/program`)}#s-${session}`);
	});
}

export const actions = {
	take: signupAction(sessions.take),
	swap: signupAction(sessions.swap),
	leave: signupAction(sessions.leave),
	join: signupAction(sessions.join),
	decline: signupAction(sessions.decline)
} satisfies Actions;
