import * as coverage from '$lib/coverage/data.server';
import { fieldsOf, groupsOf, missing } from '$lib/coverage/rules';
import { changedSchema, entrySchema, outreachSchema, shownSchema } from '$lib/coverage/schema';
import { countsOf } from '$lib/coverage/view.server';
import { gapChoices, gapName } from '$lib/coverage/words';
import * as directory from '$lib/directory/data.server';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const [answer, sectors] = await Promise.all([
		coverage.coverage(locals.db, params.slug),
		directory.sectors()
	]);
	const { groups, outreach, ...rest } = found(answer);
	const asked = url.searchParams.get('entry');
	const fields = fieldsOf(outreach, asked);
	const { confirmed = 0, waiting = 0 } = groupsOf(groups, 'all')[0] ?? {};
	return {
		...rest,
		confirmed,
		waiting,
		counts: countsOf(groups, sectors),
		missing: missing(groups, sectors),
		sectors,
		outreach: outreach.map((entry) => ({ ...entry, gap: gapName(entry, sectors) })),
		gaps: gapChoices(sectors),
		editing: asked === 'new' || fields !== null,
		entry: fields && { id: asked!, fields }
	};
});

export const actions = {
	add: action(
		outreachSchema,
		async (texts, event: RequestEvent) => {
			await coverage.add(event.locals.db, texts);
			back(event, 'coverage_done_saved');
		},
		{ id: 'outreach' }
	),
	change: action(
		changedSchema,
		async (entry, event: RequestEvent) => {
			await coverage.change(event.locals.db, entry);
			back(event, 'coverage_done_saved');
		},
		{
			id: 'outreach',
			stored: ({ entry }, { locals, params }: RequestEvent) =>
				coverage.entry(locals.db, params.slug, entry)
		}
	),
	delete: action(entrySchema, async ({ entry }, event: RequestEvent) => {
		await coverage.remove(event.locals.db, entry);
		back(event, 'coverage_done_deleted');
	}),
	show: action(
		shownSchema,
		async (input, event: RequestEvent) => {
			await coverage.show(event.locals.db, input);
			back(event, input.shown ? 'coverage_done_shown' : 'coverage_done_hidden');
		},
		{ id: 'show' }
	)
} satisfies Actions;
