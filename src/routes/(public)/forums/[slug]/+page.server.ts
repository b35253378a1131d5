import { visibleGroups } from '$lib/coverage/words';
import { choicesSchema } from '$lib/fees/schema';
import { shownChangeSchema } from '$lib/feedback/schema';
import * as directory from '$lib/directory/data.server';
import { sectorList } from '$lib/directory/words';
import * as registrations from '$lib/registrations/data.server';
import { stateSchema } from '$lib/visibility/schema';
import * as reports from '$lib/reports/data.server';
import { capitalized } from '$lib/platform/text/lists';
import { found, page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person }, params }: PageServerLoadEvent) => {
	const { coverage_shown, fee_choices, feedback_change, ...forum } = found(
		await reports.forumWithOutcome(db, params.slug)
	);
	const mine = person && (await registrations.mine(db, forum.forum_id, person.person_id));
	const list = stateSchema.nullable().parse(mine?.visibility ?? null)?.list;
	const all = await directory.sectors();
	const sectors = capitalized(sectorList(all, forum.sectors));
	return {
		forum,
		mine,
		readsList: mine?.status === 'confirmed' && list === 'open' && person?.approved === true,
		costs: choicesSchema.parse(fee_choices),
		change: shownChangeSchema.parse(feedback_change),
		sectors,
		member: person !== null,
		coverage: visibleGroups(coverage_shown, all)
	};
});
