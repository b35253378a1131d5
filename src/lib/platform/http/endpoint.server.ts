import { error, json, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { m } from '../text/i18n/paraglide/messages';
import { check, formOf, read, type Shape } from './input.server';
import { refusedBy } from './refused.server';

const READS = new Set(['GET', 'HEAD']);

/**
 * An address that answers with JSON instead of a page: the sibling of `action`, with the same shapes,
 * statuses and sentences. A read takes its input from the address, anything else from a body of JSON or a form.
 * A no is `{ message, key, errors }`, or a page for somebody who followed a link.
 * @param work what is answered, as JSON; a Response, such as a file, is sent as it is
 * @param headers of the answer
 */
export function endpoint<Schema extends Shape, Event extends RequestEvent = RequestEvent>(
	schema: Schema,
	work: (input: z.output<Schema>, event: Event) => Promise<unknown>,
	{ headers }: { headers?: HeadersInit } = {}
) {
	return async (event: Event): Promise<Response> => {
		if (event.locals.silent) error(503, m.shared_error_503_text());
		const { input, errors } = check(schema, await sentBy(schema, event));
		if (errors) error(400, { message: m.shared_error_400_text(), errors });
		try {
			const answer = await work(input, event);
			return answer instanceof Response ? answer : json(answer ?? null, { headers });
		} catch (thrown) {
			const refused = refusedBy(thrown);
			if (refused) error(refused.status, { message: refused.sentence, key: refused.key });
			throw thrown;
		}
	};
}

const FORMS = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/;

async function sentBy(schema: Shape, event: RequestEvent): Promise<unknown> {
	const { request, url } = event;
	if (READS.has(request.method)) return read(schema, url.searchParams);
	if (FORMS.test(request.headers.get('content-type') ?? ''))
		return read(schema, await formOf(event));
	return request.json().catch(() => error(400, m.shared_error_400_text()));
}
