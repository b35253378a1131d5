import { fail, redirect, type Actions } from '@sveltejs/kit';
import { keptSchema } from '$lib/people/schema';
import { formOf } from '$lib/shared/action.server';
import { link } from '$lib/shared/i18n/link';
import type { PageServerLoad } from './$types';

// There is something to see for whoever sent a form, and for nobody else.
export const load: PageServerLoad = ({ request, setHeaders }) => {
	if (request.method !== 'POST') redirect(303, link('/sign-in'));
	setHeaders({ 'cache-control': 'no-store' });
};

/**
 * A form that was sent without a session, on its way to `?to=`: it comes back as it was. Nothing of it
 * is stored, here or in the browser.
 */
export const actions = {
	default: async (event) => {
		const form = await formOf(event);
		const to = keptSchema.parse(event.url.searchParams.get('to'));
		// Signed in meanwhile, and the page was loaded again: the form goes where it was meant to go.
		if (event.locals.account) redirect(307, to);
		const fields = [...form].filter(
			(field): field is [string, string] => typeof field[1] === 'string'
		);
		return fail(401, { to, fields });
	}
} satisfies Actions;
