import { error, json, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { m } from '../text/i18n/paraglide/messages';
import { check, read, type Shape } from './input.server';
import { refusedBy } from './refused.server';

const READS = new Set(['GET', 'HEAD']);

/**
 * An address that answers with JSON instead of a page: the sibling of `action`, with the same shapes,
 * statuses and sentences. A read takes its input from the address, anything else from a body of JSON. A no
 * is `{ message, key, errors }`, or a page for somebody who followed a link.
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
			return json((await work(input, event)) ?? null, { headers });
		} catch (thrown) {
			const refused = refusedBy(thrown);
			if (refused) error(refused.status, { message: refused.sentence, key: refused.key });
			throw thrown;
		}
	};
}

async function sentBy(schema: Shape, { request, url }: RequestEvent): Promise<unknown> {
	if (READS.has(request.method)) return read(schema, url.searchParams);
	return request.json().catch(() => error(400, m.shared_error_400_text()));
}
