import { setTimeout as sleep } from 'node:timers/promises';
import { redirect, type Actions } from '@sveltejs/kit';
import * as people from '$lib/people/data.server';
import { emailSchema } from '$lib/people/schema';
import { action } from '$lib/platform/http/action.server';
import { attempt } from '$lib/platform/http/limits/data.server';
import { limit } from '$lib/platform/http/limits/limit.server';
import { networkOf } from '$lib/platform/http/limits/network';
import { page } from '$lib/platform/http/load.server';
import { nextPath } from '$lib/platform/http/paths';
import { remember } from '$lib/platform/http/signing.server';
import { Refusal } from '$lib/platform/db/refusal';
import { hasSession } from '$lib/platform/db/session.server';
import { logger } from '$lib/platform/log.server';
import { link } from '$lib/platform/text/i18n/link';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import type { PageServerLoadEvent } from './$types';

const HOUR = 3600;
const FLOOR = 500;

export const load = page(async (event: PageServerLoadEvent) => {
	const { url, locals } = event;
	const next = nextPath.parse(url.searchParams.get('next'));
	if (locals.account) redirect(303, link(next || '/'));
	return {
		next,
		suspended: locals.suspended,
		// Somebody has just signed in, and the browser does not send the session back.
		noCookies: url.searchParams.has('done') && !hasSession(event)
	};
});

export const actions = {
	email: action(
		emailSchema,
		async ({ email, next }, event) => {
			// Generous for a whole forum behind one address of the venue.
			await limit(event, 'emails_from', networkOf(event.getClientAddress()), 900, HOUR);
			// Beyond it nothing is sent and nobody is refused: a stranger who asks again and again would shut
			// the owner out, and the newest email is still good.
			const spare = (await attempt('emails_to', email, 6, HOUR / 4)) === 0;
			let failed = false;
			if (spare) {
				// Not awaited: how long it takes depends on what is known of the address.
				people
					.requestSignInEmail(email, getLocale(), event.url.origin + next)
					.catch(({ name }: Error) => {
						failed = true;
						logger.error({ name }, 'no email asked for');
					});
			}
			await sleep(FLOOR);
			if (failed) throw new Refusal('email_not_sent', 500);
			remember(event, { email, next });
			redirect(303, link('/sign-in/code'));
		},
		{ id: 'email' }
	)
} satisfies Actions;
