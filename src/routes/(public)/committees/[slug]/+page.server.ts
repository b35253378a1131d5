import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as committees from '$lib/committees/data.server';
import { endingSchema } from '$lib/committees/schema';
import { action } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import * as threads from '$lib/threads/data.server';
import { readPage } from '$lib/threads/rules';
import type { Actions, PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person }, params, url }: PageServerLoadEvent) => {
	const done = url.searchParams.get('done');
	if (!person) {
		return { committee: found(await committees.bySlug(db, params.slug)), inside: null, done: null };
	}
	const { memberships, ...committee } = found(await committees.withMembers(db, params.slug));
	const members = memberships.map(({ person_id, ...member }) => ({
		...member,
		yours: person_id === person.person_id
	}));
	const own = members.find(({ yours }) => yours);
	if (!own && !person.organizer) return { committee, inside: null, done };
	const at = readPage(url.searchParams.get('page'));
	return {
		committee,
		done,
		inside: {
			...(await threads.inCommittee(db, params.slug, at)),
			page: at,
			members,
			own: own?.membership_id ?? null,
			canModerate: person.organizer || own?.duty === 'chair',
			asked: url.searchParams.get('ask')
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
