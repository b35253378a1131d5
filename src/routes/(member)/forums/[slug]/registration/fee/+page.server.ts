import { error, redirect } from '@sveltejs/kit';
import * as fees from '$lib/fees/data.server';
import { choicesSchema, choiceSchema, feeSchema } from '$lib/fees/schema';
import { phaseOf } from '$lib/forums/rules';
import * as registrations from '$lib/registrations/data.server';
import { isOpen } from '$lib/registrations/rules';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params }: PageServerLoadEvent) => {
	const { db, account } = locals;
	const { forum, registration, fee_choices } = found(
		await registrations.withForum(db, params.slug, account!.id)
	);
	const choices = choicesSchema.parse(fee_choices);
	const fee = feeSchema.parse(registration?.fee ?? null);
	if (!choices && !fee) error(404, m.shared_error_404_text());
	if (!registration || !isOpen(registration.status)) {
		redirect(303, link(`/forums/${params.slug}/registration`));
	}
	return { forum, choices, fee, ended: ['over', 'cancelled'].includes(phaseOf(forum)) };
});

export const actions = {
	choose: action(
		choiceSchema,
		async (choice, event: RequestEvent) => {
			await fees.choose(event.locals.db, choice);
			back(event, 'fees_done_chosen');
		},
		{ id: 'fee', beside: { fee_category_not_found: 'category' } }
	)
} satisfies Actions;
