import { redirect, type Actions } from '@sveltejs/kit';
import * as people from '$lib/people/data.server';
import { codeSchema } from '$lib/people/schema';
import { action } from '$lib/platform/http/action.server';
import { limit } from '$lib/platform/http/limits/limit.server';
import { networkOf } from '$lib/platform/http/limits/network';
import { page } from '$lib/platform/http/load.server';
import { forget, remembered } from '$lib/platform/http/signing.server';
import { Refusal } from '$lib/platform/db/refusal';
import { personClient } from '$lib/platform/db/session.server';
import { link } from '$lib/platform/text/i18n/link';
import type { PageServerLoadEvent } from './$types';

const WINDOW = 900;

export const load = page(async (event: PageServerLoadEvent) => {
	const signing = remembered(event);
	if (event.locals.account) redirect(303, link(signing?.next || '/'));
	return { email: signing?.email ?? null, next: signing?.next ?? '' };
});

export const actions = {
	default: action(
		codeSchema,
		async ({ email, code }, event) => {
			const from = networkOf(event.getClientAddress());
			await limit(event, 'codes_from', from, 1500, WINDOW);
			await limit(event, 'codes', `${email} ${from}`, 10, WINDOW);
			// Wide: fifty addresses have to guess before the owner is refused, who can still use the link.
			await limit(event, 'codes', email, 500, WINDOW);
			const good = await people.enterWithCode(await personClient(event), email, code, from);
			if (!good) throw new Refusal('code_not_good', 422);
			const next = remembered(event)?.next ?? '';
			forget(event);
			redirect(303, `${link('/sign-in')}?${new URLSearchParams({ done: '', next })}`);
		},
		{ beside: { code_not_good: 'code' } }
	)
} satisfies Actions;
