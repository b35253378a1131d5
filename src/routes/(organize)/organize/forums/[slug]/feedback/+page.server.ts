import { redirect } from '@sveltejs/kit';
import * as feedback from '$lib/feedback/data.server';
import { MOST } from '$lib/feedback/rules';
import { changeSchema, questionIdSchema, questionSchema } from '$lib/feedback/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const organized = found(await feedback.organized(locals.db, params.slug));
	const asked = url.searchParams.get('question');
	const chosen = organized.questions.find(
		({ feedback_question_id }) => feedback_question_id === asked
	);
	return {
		...organized,
		full: organized.questions.length >= MOST.questions,
		edited: chosen ? { id: chosen.feedback_question_id, fields: feedback.fieldsOf(chosen) } : null
	};
});

function back(event: RequestEvent, done: Parameters<typeof flash>[1]): never {
	flash(event, done);
	redirect(303, link(`/organize/forums/${event.params.slug}/feedback`));
}

const now = async ({ locals, params }: RequestEvent) =>
	found(await feedback.organized(locals.db, params.slug));

export const actions = {
	question: action(
		questionSchema,
		async (question, event: RequestEvent) => {
			const { forum } = await now(event);
			await feedback.saveQuestion(event.locals.db, forum.forum_id, question);
			back(event, 'feedback_done_question');
		},
		{
			id: 'question',
			stored: async ({ question }, event: RequestEvent) => {
				const { questions } = await now(event);
				const saved = questions.find((one) => one.feedback_question_id === question);
				return saved ? feedback.fieldsOf(saved) : null;
			},
			beside: {
				feedback_questions_options_few: 'options_en',
				feedback_questions_options_in_pairs: 'options_fr'
			}
		}
	),
	delete: action(
		questionIdSchema,
		async ({ question }, event: RequestEvent) => {
			await feedback.removeQuestion(event.locals.db, question);
			back(event, 'feedback_done_deleted');
		},
		{ id: 'delete-question' }
	),
	change: action(
		changeSchema,
		async (change, event: RequestEvent) => {
			const { forum } = await now(event);
			await feedback.saveChange(event.locals.db, forum.forum_id, change);
			back(event, 'feedback_done_change');
		},
		{
			id: 'change',
			stored: async (_, event: RequestEvent) => (await now(event)).change,
			beside: { feedback_changes_in_pairs: 'text_fr' }
		}
	)
} satisfies Actions;
