import { redirect } from '@sveltejs/kit';
import * as questions from '$lib/questions/data.server';
import { gapsOf } from '$lib/questions/rules';
import { hideSchema, moveSchema, questionIdSchema, questionSchema } from '$lib/questions/schema';
import * as registrations from '$lib/registrations/data.server';
import { dayBefore } from '$lib/registrations/rules';
import { editsUntilSchema } from '$lib/registrations/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const forum = found(await questions.forEditing(locals.db, params.slug));
	const { slug, name_en, name_fr, published_at, edits_until } = forum;
	const asked = url.searchParams.get('question');
	const edited = forum.questions.find(({ question_id }) => question_id === asked);
	return {
		forum: { slug, name_en, name_fr, published: published_at !== null },
		edits: { until: edits_until ?? '', otherwise: dayBefore(forum.starts_on) },
		listed: forum.questions.map((question) => ({ ...question, gaps: gapsOf(question) })),
		edited: edited
			? {
					id: edited.question_id,
					hidden: edited.hidden_at !== null,
					answered: (edited.answered_by ?? 0) > 0,
					fields: questions.fieldsOf(edited)
				}
			: null
	};
});

function back(event: RequestEvent, done: Parameters<typeof flash>[1], question?: string): never {
	flash(event, done);
	const chosen = question ? (`?question=${question}` as const) : '';
	redirect(303, link(`/organize/forums/${event.params.slug}/questions${chosen}`));
}

export const actions = {
	save: action(
		questionSchema,
		async (question, event: RequestEvent) => {
			const { db } = event.locals;
			const { forum_id } = found(await questions.forEditing(db, event.params.slug));
			await questions.save(db, forum_id, question);
			back(event, 'questions_done_saved');
		},
		{
			id: 'question',
			stored: async ({ question }, { locals, params }: RequestEvent) => {
				const forum = await questions.forEditing(locals.db, params.slug);
				const saved = forum?.questions.find(({ question_id }) => question_id === question);
				return saved ? questions.fieldsOf(saved) : null;
			},
			beside: { question_without_text: 'text_en', questions_options_few: 'options_en' }
		}
	),
	move: action(
		moveSchema,
		async ({ question, way }, event: RequestEvent) => {
			await questions.move(event.locals.db, question, way === 'up');
			back(event, 'questions_done_moved', question);
		},
		{ id: 'move' }
	),
	hide: action(
		hideSchema,
		async ({ question, hidden }, event: RequestEvent) => {
			await questions.hide(event.locals.db, question, hidden);
			back(event, hidden ? 'questions_done_hidden' : 'questions_done_shown', question);
		},
		{ id: 'hide' }
	),
	delete: action(
		questionIdSchema,
		async ({ question }, event: RequestEvent) => {
			await questions.remove(event.locals.db, question);
			back(event, 'questions_done_deleted');
		},
		{ id: 'delete-question' }
	),
	until: action(
		editsUntilSchema,
		async ({ day }, event: RequestEvent) => {
			const { db } = event.locals;
			const { forum_id } = found(await questions.forEditing(db, event.params.slug));
			await registrations.setEditsUntil(db, forum_id, day);
			back(event, 'registrations_done_edits_until');
		},
		{ id: 'until', beside: { forums_edits_before_end: 'day' } }
	)
} satisfies Actions;
