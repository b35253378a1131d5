import * as directory from '$lib/directory/data.server';
import { sectorList } from '$lib/directory/words';
import * as registrations from '$lib/registrations/data.server';
import * as reports from '$lib/reports/data.server';
import { capitalized } from '$lib/platform/text/lists';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person }, params }: PageServerLoadEvent) => {
	const forum = found(await reports.forumWithOutcome(db, params.slug));
	const mine = person && (await registrations.mine(db, forum.forum_id, person.person_id));
	const sectors = capitalized(sectorList(await directory.sectors(), forum.sectors));
	return { forum, mine, sectors, member: person !== null };
});
