import { redirect } from '@sveltejs/kit';
import * as directory from '$lib/directory/data.server';
import { organizationNames, sectorField } from '$lib/directory/words';
import { choicesSchema } from '$lib/fees/schema';
import { feesSentence } from '$lib/fees/words';
import * as questions from '$lib/questions/data.server';
import { asking } from '$lib/questions/schema';
import * as registrations from '$lib/registrations/data.server';
import type { Step } from '$lib/registrations/rules';
import { carriedSchema, registrationSchema } from '$lib/registrations/schema';
import { reserveWords } from '$lib/registrations/words';
import { action } from '$lib/platform/http/action.server';
import { flash } from '$lib/platform/http/flash.server';
import { keep, type Sent } from '$lib/platform/http/input.server';
import { moment } from '$lib/platform/text/dates';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const pathOfMine = (slug: string) => link(`/forums/${slug}/registration`);

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db, account, person } = locals;
	const [own, asked, names] = await Promise.all([
		registrations.withForum(db, params.slug, account!.id),
		questions.ofForum(db, params.slug),
		directory.names(db)
	]);
	const { forum, draft, registration, approval, reserves, invitation, fee_choices } = found(own);
	const choices = choicesSchema.parse(fee_choices);
	const sectors = await directory.sectors();
	if (registration && registration.status !== 'cancelled') redirect(303, pathOfMine(params.slug));
	return {
		forum,
		draft: draft && { ...draft, step: url.searchParams.get('step') ?? 'about' },
		costs: choices && feesSentence(choices),
		profile: person,
		organizations: organizationNames(names),
		sectors: sectorField(sectors, person?.sector),
		questions: asked,
		reserves: reserves.map((reserve) => reserveWords(reserve, sectors, forum.time_zone)),
		// Who is approved already waits for nobody.
		approval: invitation || (approval === 'new' && person?.approved) ? 'none' : approval,
		invitation: invitation && {
			holds_spot: invitation.holds_spot,
			until: moment(invitation.expires_at, forum.time_zone)
		}
	};
});

// Each step has an address, so that Back, a reload and the other language lead to what was typed.
async function to(step: Step, sent: Sent, { locals, url }: RequestEvent): Promise<never> {
	await registrations.saveDraft(locals.db, String(sent.forum), keep(sent));
	redirect(303, `${url.pathname}?step=${step}`);
}

const back = (step: Step) =>
	action(carriedSchema, (sent, event: RequestEvent) => to(step, sent, event), { id: 'register' });

export const actions = {
	about: back('about'),
	questions: back('questions'),
	next: action(registrationSchema, (sent, event: RequestEvent) => to('questions', sent, event), {
		id: 'register'
	}),
	check: async (event) => {
		const asked = await questions.ofForum(event.locals.db, event.params.slug);
		const check = action(
			asking(registrationSchema, asked),
			(sent, event: RequestEvent) => to('summary', sent, event),
			{ id: 'register' }
		);
		return check(event);
	},
	register: action(
		registrationSchema,
		async (input, event: RequestEvent) => {
			const { outcome } = await registrations.register(event.locals.db, input);
			if (outcome === 'already') flash(event, 'registrations_done_already');
			redirect(303, pathOfMine(event.params.slug));
		},
		{
			id: 'register',
			beside: {
				mode_not_offered: 'mode',
				sector_needs_organizer: 'sector',
				sector_not_offered: 'sector'
			},
			explain: (refusal, { answers }, { locals, params }: RequestEvent) =>
				questions.faultsAfter(refusal, answers, locals.db, params.slug)
		}
	)
} satisfies Actions;
