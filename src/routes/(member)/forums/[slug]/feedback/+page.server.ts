import * as feedback from '$lib/feedback/data.server';
import { faultsIn, feedbackSchema } from '$lib/feedback/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) =>
	found(await feedback.mine(locals.db, params.slug))
);

export const actions = {
	give: action(
		feedbackSchema,
		async (sent, event: RequestEvent) => {
			await feedback.give(event.locals.db, sent);
			back(event, 'feedback_done_given');
		},
		{
			id: 'feedback',
			explain: async (refusal, { answers }) =>
				refusal === 'feedback_answers_text_length' ? faultsIn(answers) : null
		}
	)
} satisfies Actions;
