import { error, fail, isHttpError, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { figure } from '../text/figures';
import type { FormResult } from './form';
import { m } from '../text/i18n/paraglide/messages';
import { Refusal, Unavailable } from '../db/refusal';
import { stopSignedOut } from './signedout.server';
import { sentence } from '../db/refusals.server';

/** A ballot on the longest list, with a star at each point, has four hundred. */
const MOST_FIELDS = 500;

type Shape = z.ZodObject;
type Work<Schema extends Shape, Event extends RequestEvent> = (
	input: z.output<Schema>,
	event: Event
) => Promise<Success | string | void>;
/** What to say when it is done, and what the next step of the page needs to know. */
type Success = Pick<FormResult, 'done' | 'values'>;

/**
 * A form action: reads the form, checks its shape, does the work, and turns a refusal into a status
 * and a sentence. Whatever goes wrong, what was typed comes back.
 * @param schema the shape of the form; an array takes every field of that name, a boolean a checkbox
 * @param work what is done with the checked input; it may redirect, or return the sentence to
 *   show (with values that the page's next step needs)
 * @param options `id` names the form on a page with several; `secret` fields never come back
 */
export function action<Schema extends Shape, Event extends RequestEvent = RequestEvent>(
	schema: Schema,
	work: Work<Schema, Event>,
	{ id, secret = [] }: { id?: string; secret?: string[] } = {}
) {
	return async (event: Event) => {
		const sent = read(schema, await formOf(event));
		const values = keep(sent, secret);
		// The backend did not say who this is: the verb would refuse, and the text be lost.
		if (event.locals?.silent) return fail<FormResult>(503, { id, values, refusal: trouble() });
		const checked = schema.safeParse(sent, { error: (issue) => words(issue) });
		if (!checked.success) {
			return fail<FormResult>(400, { id, values, errors: firstOfEach(checked.error.issues) });
		}
		try {
			const said = await work(checked.data, event);
			return { id, ...(typeof said === 'string' ? { done: said } : said) } as FormResult;
		} catch (thrown) {
			if (thrown instanceof Refusal) {
				if (thrown.status === 401) stopSignedOut(event);
				const refusal = { key: thrown.key, sentence: sentence(thrown) };
				return fail<FormResult>(thrown.status, { id, values, refusal });
			}
			if (thrown instanceof Unavailable) {
				return fail<FormResult>(503, { id, values, refusal: trouble() });
			}
			if (isHttpError(thrown, 429)) {
				const refusal = { key: 'too_many', sentence: thrown.body.message };
				return fail<FormResult>(429, { id, values, refusal });
			}
			throw thrown;
		}
	};
}

/** The form that was sent; what is none, or has far more fields than any of ours, is a 400. */
export async function formOf({ request }: RequestEvent): Promise<FormData> {
	const form = await request.formData().catch(() => null);
	if (!form || [...form.keys()].length > MOST_FIELDS) error(400, m.shared_error_400_text());
	return form;
}

function trouble(): FormResult['refusal'] {
	return { key: 'unavailable', sentence: m.shared_trouble_kept() };
}

function read(schema: Shape, form: FormData): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(schema.shape).map(([name, field]) => {
			switch (innermost(field as z.ZodType)) {
				case 'array':
					return [name, form.getAll(name).filter(isText).map(clean)];
				case 'boolean':
					return [name, !['', 'false', null].includes(form.get(name) as string | null)];
			}
			const value = form.get(name);
			return [name, isText(value) ? clean(value) : undefined];
		})
	);
}

function isText(value: FormDataEntryValue | null): value is string {
	return typeof value === 'string';
}

// PostgreSQL knows no NUL in a text, and browsers send line ends of their own.
function clean(text: string): string {
	return text.replaceAll('\0', '').replaceAll('\r\n', '\n');
}

function innermost(field: z.ZodType): string {
	const { def } = field as unknown as { def: { type: string; innerType?: z.ZodType } };
	return def.innerType ? innermost(def.innerType) : def.type;
}

function keep(sent: Record<string, unknown>, secret: string[]): FormResult['values'] {
	const values: NonNullable<FormResult['values']> = {};
	for (const [name, value] of Object.entries(sent)) {
		if (secret.includes(name)) continue;
		if (typeof value === 'string' || Array.isArray(value))
			values[name] = value as string | string[];
		if (typeof value === 'boolean') values[name] = value ? 'on' : '';
	}
	return values;
}

function firstOfEach(issues: z.core.$ZodIssue[]): FormResult['errors'] {
	const errors: Record<string, string> = {};
	for (const { path, message } of issues) errors[String(path[0] ?? '')] ??= message;
	return errors;
}

// A schema's own sentence comes before this one.
function words(issue: z.core.$ZodRawIssue): string {
	switch (issue.code) {
		case 'too_big':
			return m.shared_error_too_long({ limit: figure(Number(issue.maximum)) });
		case 'too_small':
			return m.shared_error_missing();
		case 'invalid_format':
			return issue.format === 'email' ? m.shared_error_email() : m.shared_error_form();
		case 'invalid_value':
			return m.shared_error_choose();
		case 'invalid_type':
			return issue.input === undefined ? m.shared_error_missing() : m.shared_error_form();
	}
	return m.shared_error_form();
}
