import * as checkins from '$lib/checkins/data.server';
import { namesIn } from '$lib/checkins/rules';
import { listSchema, namesSchema } from '$lib/checkins/schema';
import { action } from '$lib/platform/http/action.server';
import { page } from '$lib/platform/http/load.server';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const asked = { search: '', after: null, scan: null };
	const { forum, people: _people, ...rest } = await checkins.page(locals.db, params.slug, asked);
	return { forum, organizer: rest.organizer };
});

export const actions = {
	// Nothing is saved yet: whom each line means, with the id of a scan for each person.
	check: action(
		namesSchema,
		async ({ forum, names }, { locals }: RequestEvent) => {
			const lines = await checkins.match(locals.db, forum, namesIn(names));
			const found = lines.map(({ line, people }) => ({
				line,
				people: people.map((person) => ({ ...person, scan: crypto.randomUUID() }))
			}));
			return { values: { step: 'check', names, found: JSON.stringify(found) } };
		},
		{ id: 'names', beside: { too_many_names: 'names' } }
	),
	confirm: action(
		listSchema,
		async (input, { locals }: RequestEvent) => {
			const { in: checked, already, no } = await checkins.list(locals.db, input);
			const counts = { checked: String(checked), already: String(already), no: String(no) };
			return { done: m.checkins_list_done(counts), values: { names: input.names } };
		},
		{ id: 'list' }
	)
} satisfies Actions;
