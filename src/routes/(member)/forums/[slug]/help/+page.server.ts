import { phaseOf } from '$lib/forums/rules';
import * as joining from '$lib/joining/data.server';
import { deletingSchema, helpSchema } from '$lib/joining/schema';
import { helpWords } from '$lib/joining/words';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { date } from '$lib/platform/text/dates';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const { forum, request } = found(await joining.help(locals.db, params.slug, locals.account!.id));
	return {
		forum,
		request,
		said: request && {
			help: helpWords(request.help),
			date: date(request.decided_at ?? request.sent_at)
		},
		ended: !forum.published_at || ['over', 'cancelled'].includes(phaseOf(forum))
	};
});

export const actions = {
	offer: action(
		helpSchema,
		async (said, event: RequestEvent) => {
			await joining.offer(event.locals.db, said);
			back(event, said.request ? 'joining_done_saved' : 'joining_done_offered');
		},
		{ id: 'help', beside: { requests_help_says_how: 'help' } }
	),
	delete: action(
		deletingSchema,
		async ({ request }, event: RequestEvent) => {
			await joining.remove(event.locals.db, request);
			back(event, 'joining_done_offer_deleted');
		},
		{ id: 'delete-request' }
	)
} satisfies Actions;
