import { redirect } from '@sveltejs/kit';
import * as directory from '$lib/directory/data.server';
import { organizationNames } from '$lib/directory/words';
import { hasMailbox } from '$lib/people/rules';
import * as questions from '$lib/questions/data.server';
import { answersOf } from '$lib/questions/rules';
import * as registrations from '$lib/registrations/data.server';
import { canEdit } from '$lib/registrations/rules';
import { editSchema } from '$lib/registrations/schema';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const pathOfMine = (slug: string) => link(`/forums/${slug}/registration`);

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const { db, account } = locals;
	const [own, asked, names] = await Promise.all([
		registrations.withForum(db, params.slug, account!.id),
		questions.ofForum(db, params.slug),
		directory.names(db)
	]);
	const { forum, registration } = found(own);
	const holds =
		registration &&
		hasMailbox(account!.email) &&
		!['cancelled', 'refused'].includes(registration.status);
	// Somebody whose time is over has what they typed on the page of the refusal.
	if (!holds || (!canEdit(forum) && !locals.typed)) redirect(303, pathOfMine(params.slug));
	return {
		forum,
		registration,
		questions: asked,
		answers: answersOf(asked),
		organizations: organizationNames(names)
	};
});

export const actions = {
	save: action(
		editSchema,
		async (input, event: RequestEvent) => {
			await registrations.edit(event.locals.db, input);
			flash(event, 'registrations_done_edited');
			redirect(303, pathOfMine(event.params.slug));
		},
		{
			id: 'edit',
			explain: (refusal, { answers }, { locals, params }: RequestEvent) =>
				questions.faultsAfter(refusal, answers, locals.db, params.slug)
		}
	)
} satisfies Actions;
