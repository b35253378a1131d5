import * as joining from '$lib/joining/data.server';
import { deletedOn } from '$lib/joining/rules';
import { deletingSchema, joinSchema, pageSchema } from '$lib/joining/schema';
import { committeeOptions } from '$lib/joining/words';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { page } from '$lib/platform/http/load.server';
import { date } from '$lib/platform/text/dates';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => {
	const { person } = locals;
	// Without a profile there is no page; the layout leads to writing one.
	const { request, committees } = pageSchema.parse(
		locals.page ?? { request: null, committees: [] }
	);
	const decided = request?.decided_at;
	return {
		profile: person,
		request,
		sent: request && date(request.sent_at),
		decided: decided ? { date: date(decided), until: date(deletedOn(decided)) } : null,
		committees: committeeOptions(committees, person?.counts_as_government ?? true)
	};
});

export const actions = {
	ask: action(
		joinSchema,
		async (asked, event: RequestEvent) => {
			await joining.ask(event.locals.db, asked);
			back(event, asked.request ? 'joining_done_saved' : 'joining_done_sent');
		},
		{
			id: 'join',
			beside: {
				requests_join_says_why: 'about',
				committee_missing: 'committees',
				already_member: 'committees',
				committee_closed_to_government: 'committees'
			}
		}
	),
	delete: action(
		deletingSchema,
		async ({ request }, event: RequestEvent) => {
			await joining.remove(event.locals.db, request);
			back(event, 'joining_done_deleted');
		},
		{ id: 'delete-request' }
	)
} satisfies Actions;
