import { redirect, type Actions } from '@sveltejs/kit';
import * as people from '$lib/people/data.server';
import { linkSchema } from '$lib/people/schema';
import { action } from '$lib/platform/http/action.server';
import { personClient } from '$lib/platform/db/session.server';
import { link } from '$lib/platform/text/i18n/link';
import { forget } from '$lib/platform/http/signing.server';
import { limit } from '$lib/platform/http/limits/limit.server';
import { networkOf } from '$lib/platform/http/limits/network';
import { Refusal } from '$lib/platform/db/refusal';
import type { PageServerLoad } from './$types';

export const load = (async ({ url }) => ({
	email: linkSchema.safeParse(Object.fromEntries(url.searchParams)).data ?? null
})) satisfies PageServerLoad;

// Mail scanners follow links; only a person presses the button.
export const actions = {
	default: action(linkSchema, async ({ token_hash, type, next }, event) => {
		const from = networkOf(event.getClientAddress());
		await limit(event, 'codes_from', from, 1500, 900);
		const good = await people.enterWithLink(await personClient(event), token_hash, type, from);
		if (!good) throw new Refusal('link_not_good', 422);
		forget(event);
		redirect(303, `${link('/sign-in')}?${new URLSearchParams({ done: '', next })}`);
	})
} satisfies Actions;
