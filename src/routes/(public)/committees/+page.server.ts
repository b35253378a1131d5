import * as committees from '$lib/committees/data.server';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person } }: PageServerLoadEvent) => {
	if (!person) return { committees: await committees.list(db), mayAsk: true };
	const { all, mine } = await committees.listFor(db, person.person_id);
	return { committees: all, mayAsk: !person.approved || !mine };
});
