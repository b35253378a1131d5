import { redirect } from '@sveltejs/kit';
import * as bursaries from '$lib/bursaries/data.server';
import {
	askedSchema,
	decisionSchema,
	paidSchema,
	rulesSchema,
	waiveSchema
} from '$lib/bursaries/schema';
import { action } from '$lib/platform/http/action.server';
import { back, flash } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const asked = askedSchema.parse(Object.fromEntries(url.searchParams));
	const overview = found(await bursaries.overview(locals.db, params.slug, asked));
	// A read that writes: the person sees who looked.
	const file = asked.request ? await bursaries.read(locals.db, asked.request) : null;
	return { asked, overview, file };
});

function backTo(event: RequestEvent, done: Parameters<typeof flash>[1], request: string): never {
	flash(event, done);
	redirect(303, link(`/organize/forums/${event.params.slug}/bursaries?request=${request}`));
}

export const actions = {
	rules: action(
		rulesSchema,
		async (rules, event: RequestEvent) => {
			await bursaries.saveRules(event.locals.db, rules);
			back(event, 'bursaries_done_rules');
		},
		{ id: 'rules', beside: { bursary_day: 'requests_until' } }
	),
	decide: action(
		decisionSchema,
		async (decided, event: RequestEvent) => {
			await bursaries.decide(event.locals.db, decided);
			back(event, 'bursaries_done_decided');
		},
		{ id: 'decide', beside: { bursaries_part_of_total: 'granted' } }
	),
	pay: action(
		paidSchema,
		async (paid, event: RequestEvent) => {
			await bursaries.pay(event.locals.db, paid);
			const done = paid.paid_on ? 'bursaries_done_paid' : 'bursaries_done_unpaid';
			backTo(event, done, paid.request);
		},
		{ id: 'pay', beside: { bursary_paid_day: 'paid_on' } }
	),
	waive: action(
		waiveSchema,
		async (about, event: RequestEvent) => {
			await bursaries.waive(event.locals.db, about, m.bursaries_file_waive_reason());
			backTo(event, 'bursaries_done_waived', about.request);
		},
		{ id: 'waive' }
	)
} satisfies Actions;
