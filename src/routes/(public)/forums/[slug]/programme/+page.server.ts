import { redirect } from '@sveltejs/kit';
import { isGovernmental } from '$lib/directory/rules';
import * as sessions from '$lib/sessions/data.server';
import { seatSchema } from '$lib/sessions/schema';
import { action } from '$lib/shared/action.server';
import type { Db } from '$lib/shared/db.server';
import { link } from '$lib/shared/i18n/link';
import { found, page } from '$lib/shared/page.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals: { db, person }, params }: PageServerLoadEvent) => {
	const forum = found(await sessions.programme(db, params.slug));
	if (!person) return { forum, mine: null, reader: null };
	const { registration, seats } = await sessions.mine(db, forum.forum_id, person.person_id);
	const confirmed = registration?.state === 'confirmed';
	const mode = registration && registration.state !== 'withdrawn' ? registration.mode : null;
	const reader = { confirmed, mode, governmental: isGovernmental(person.sector), seats };
	return { forum, mine: registration, reader };
});

// Back to the very session, where its new state is to be seen.
function seat(verb: (db: Db, session: string) => Promise<unknown>) {
	return action(seatSchema, async ({ session }, { locals, params }: RequestEvent) => {
		await verb(locals.db, session);
		redirect(303, `${link(`/forums/${params.slug}/programme`)}#s-${session}`);
	});
}

export const actions = {
	take: seat(sessions.take),
	swap: seat(sessions.swap),
	leave: seat(sessions.leave)
} satisfies Actions;
