import { fail, type RequestEvent } from '@sveltejs/kit';
import { formOf } from '$lib/platform/http/action.server';
import { figure } from '$lib/platform/text/figures';
import type { FormResult } from '$lib/platform/http/form';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { post } from '$lib/platform/text/markdown.server';
import { LIMITS } from './rules';

/** What a form with a text gets: the usual answer, or the text as it will look. */
export type Previewed = FormResult & { preview?: string };

/**
 * A form action that shows what `body` will look like and changes nothing: everything that was typed
 * goes back into the form.
 * @param id names the form on its page
 */
export function preview(id: string) {
	return async (event: RequestEvent) => {
		const form = await formOf(event);
		const values: FormResult['values'] = {};
		for (const name of new Set(form.keys())) {
			const sent = form.getAll(name).filter((value) => typeof value === 'string');
			values[name] = sent.length === 1 ? sent[0]! : sent;
		}
		const body = String(values.body ?? '').trim();
		if (body === '') {
			return fail<Previewed>(400, { id, values, errors: { body: m.threads_error_body() } });
		}
		if (body.length > 2 * LIMITS.body) {
			const error = m.shared_error_too_long({ limit: figure(LIMITS.body) });
			return fail<Previewed>(400, { id, values, errors: { body: error } });
		}
		return { id, values, preview: post(body) } satisfies Previewed;
	};
}
