import type { RequestEvent } from '@sveltejs/kit';
import * as committees from '$lib/committees/data.server';
import { endingSchema } from '$lib/committees/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { unsent } from '$lib/platform/text/rendered';
import { readPage } from '$lib/threads/rules';
import type { CommitteePage } from '$lib/threads/schema';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async (event: PageServerLoadEvent) => {
	const { locals, params, url } = event;
	const { db, person } = locals;
	const query = url.searchParams;
	if (!person) {
		return { committee: found(await committees.bySlug(db, params.slug)), inside: null };
	}
	const { committee, inside } = found(locals.page as CommitteePage);
	if (!inside) return { committee, inside };
	const own = inside.members.find(({ yours }) => yours);
	return unsent(
		{
			committee,
			inside: {
				...inside,
				// Pinned threads are on the first page only, so a page ends with one that is not, if it has any.
				following: inside.more ? inside.threads.at(-1) : null,
				first: !query.has('after') && readPage(query.get('page')) === 1,
				own: own?.membership_id ?? null,
				canModerate: person.organizer || own?.duty === 'chair',
				chairs: own?.duty === 'chair',
				asked: query.get('ask'),
				managing: query.has('manage') || query.has('ask')
			}
		},
		event
	);
});

const ending = (done: 'committees_done_ended' | 'committees_done_left') =>
	action(endingSchema, async ({ membership }, event: RequestEvent<{ slug: string }>) => {
		await committees.endMembership(event.locals.db, membership);
		back(event, done);
	});

export const actions = {
	end: ending('committees_done_ended'),
	leave: ending('committees_done_left')
} satisfies Actions;
