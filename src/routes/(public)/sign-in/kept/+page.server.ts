import { fail, redirect, type Actions } from '@sveltejs/kit';
import { formPath } from '$lib/platform/http/paths';
import { formOf } from '$lib/platform/http/input.server';
import { link } from '$lib/platform/text/i18n/link';
import type { PageServerLoad } from './$types';

// Only somebody who sent a form has something to see here.
export const load: PageServerLoad = ({ request, setHeaders }) => {
	if (request.method !== 'POST') redirect(303, link('/sign-in'));
	setHeaders({ 'cache-control': 'no-store' });
};

// Sentences are shown; keys, numbers and choices only travel along.
function isText([, value]: [string, string]): boolean {
	return value.length > 40 || /\s/.test(value);
}

/**
 * A form that was sent without a session, on its way to `?to=`: it comes back as it was. Nothing of it
 * is stored, here or in the browser. An action without text (deleting, voting) does not wait: on a
 * shared computer it would be done by the person who signs in next.
 */
export const actions = {
	default: async (event) => {
		const form = await formOf(event);
		const to = formPath.parse(event.url.searchParams.get('to'));
		const fields = [...form].filter(
			(field): field is [string, string] => typeof field[1] === 'string'
		);
		const texts = fields.filter(isText);
		if (texts.length === 0) {
			const back = encodeURIComponent(new URL(to, event.url).pathname);
			redirect(303, `${link('/sign-in')}?next=${back}`);
		}
		return fail(401, { to, texts, others: fields.filter((field) => !isText(field)) });
	}
} satisfies Actions;
