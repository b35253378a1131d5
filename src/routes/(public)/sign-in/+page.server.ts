import { setTimeout as sleep } from 'node:timers/promises';
import { redirect, type Actions } from '@sveltejs/kit';
import * as people from '$lib/people/data.server';
import { codeSchema, letterSchema } from '$lib/people/schema';
import { action } from '$lib/shared/action.server';
import { personClient } from '$lib/shared/db.server';
import { link } from '$lib/shared/i18n/link';
import { m } from '$lib/shared/i18n/paraglide/messages';
import { getLocale } from '$lib/shared/i18n/paraglide/runtime';
import { limit } from '$lib/shared/limits/limit.server';
import { page } from '$lib/shared/page.server';
import { Refusal } from '$lib/shared/refusal';
import type { PageServerLoadEvent } from './$types';

const HOUR = 3600;
// Making an account takes longer than finding one; nobody shall tell them apart by waiting.
const FLOOR = 700;

export const load = page(async ({ url, locals }: PageServerLoadEvent) => {
	const next = letterSchema.shape.next.parse(url.searchParams.get('next') ?? '');
	if (locals.account) redirect(303, next || link('/'));
	return { next, suspended: locals.suspended };
});

export const actions = {
	letter: action(
		letterSchema,
		async ({ email, next }, event) => {
			// Generous for a whole forum behind one address of the venue, narrow for one mailbox.
			await limit('letters_from', event.getClientAddress(), 900, HOUR);
			await limit('letters_to', email, 5, HOUR);
			await Promise.all([people.askForLetter(email, getLocale()), sleep(FLOOR)]);
			return { done: m.people_letter_sent(), values: { email, next } };
		},
		{ id: 'letter' }
	),
	code: action(
		codeSchema,
		async ({ email, code, next }, event) => {
			await limit('codes_from', event.getClientAddress(), 1500, HOUR / 4);
			await limit('codes', email, 5, HOUR / 4);
			const good = await people.enterWithCode(await personClient(event), email, code);
			if (!good) throw new Refusal('code_not_good', 422);
			redirect(303, next || link('/'));
		},
		{ id: 'code', secret: ['code'] }
	)
} satisfies Actions;
