import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as committees from '$lib/committees/data.server';
import { endingSchema } from '$lib/committees/schema';
import { action } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import { readPage } from '$lib/threads/rules';
import type { CommitteePage } from '$lib/threads/schema';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db, person } = locals;
	const query = url.searchParams;
	if (!person) {
		return { committee: found(await committees.bySlug(db, params.slug)), inside: null, done: null };
	}
	const done = query.get('done');
	const { committee, inside } = found(locals.page as CommitteePage);
	if (!inside) return { committee, inside, done };
	const own = inside.members.find(({ yours }) => yours);
	return {
		committee,
		done,
		inside: {
			...inside,
			first: !query.has('after') && readPage(query.get('page')) === 1,
			own: own?.membership_id ?? null,
			canModerate: person.organizer || own?.duty === 'chair',
			asked: query.get('ask')
		}
	};
});

const ending = (done: 'ended' | 'left') =>
	action(
		endingSchema,
		async ({ membership }, { locals, params }: RequestEvent<{ slug: string }>) => {
			await committees.endMembership(locals.db, membership);
			redirect(303, link(`/committees/${params.slug}?done=${done}`));
		}
	);

export const actions = { end: ending('ended'), leave: ending('left') } satisfies Actions;
