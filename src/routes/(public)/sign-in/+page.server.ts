import { setTimeout as sleep } from 'node:timers/promises';
import { redirect, type Actions } from '@sveltejs/kit';
import * as people from '$lib/people/data.server';
import { codeSchema, emailSchema } from '$lib/people/schema';
import { action } from '$lib/platform/http/action.server';
import { personClient } from '$lib/platform/db/session.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import { limit } from '$lib/platform/http/limits/limit.server';
import { logger } from '$lib/platform/log.server';
import { page } from '$lib/platform/http/load.server';
import { Refusal } from '$lib/platform/db/refusal';
import type { PageServerLoadEvent } from './$types';

const HOUR = 3600;
const FLOOR = 500;

export const load = page(async ({ url, locals }: PageServerLoadEvent) => {
	const next = emailSchema.shape.next.parse(url.searchParams.get('next') ?? '');
	if (locals.account) redirect(303, next || link('/'));
	return { next, suspended: locals.suspended };
});

export const actions = {
	email: action(
		emailSchema,
		async ({ email, next }, event) => {
			// Generous for a whole forum behind one address of the venue, narrow for one mailbox; wider
			// for the mailbox alone, so that no stranger can keep its owner out.
			const from = event.getClientAddress();
			await limit(event, 'emails_from', from, 900, HOUR);
			await limit(event, 'emails_to', `${email} ${from}`, 5, HOUR);
			await limit(event, 'emails_to', email, 15, HOUR);
			// Not awaited: how long it takes depends on what is known of the address.
			people.requestSignInEmail(email, getLocale()).catch(({ name }: Error) => {
				logger.error({ name }, 'no email asked for');
			});
			await sleep(FLOOR);
			return { done: m.people_email_sent(), values: { email, next } };
		},
		{ id: 'email' }
	),
	code: action(
		codeSchema,
		async ({ email, code, next }, event) => {
			const from = event.getClientAddress();
			await limit(event, 'codes_from', from, 1500, HOUR / 4);
			await limit(event, 'codes', `${email} ${from}`, 5, HOUR / 4);
			await limit(event, 'codes', email, 50, HOUR / 4);
			const good = await people.enterWithCode(await personClient(event), email, code);
			if (!good) throw new Refusal('code_not_good', 422);
			redirect(303, next || link('/'));
		},
		{ id: 'code', secret: ['code'] }
	)
} satisfies Actions;
