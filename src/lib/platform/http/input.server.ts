import { error, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { figure } from '../text/figures';
import { m } from '../text/i18n/paraglide/messages';
import type { FormResult } from './form';

/** A ballot on the longest list, with a star at each point, has four hundred. */
const MOST_FIELDS = 500;
const BYTES_OF_MEGABYTE = 1_000_000;

export type Shape = z.ZodObject;
/** What was sent, by the names of the shape, before it is checked. */
export type Sent = Record<string, unknown>;

/** The form that was sent; what is none, or has far more fields than any of ours, is a 400. */
export async function formOf({ request }: RequestEvent): Promise<FormData> {
	const form = await request.formData().catch((thrown: { status?: number }) => {
		// The adapter's own limit, see BODY_SIZE_LIMIT.
		if (thrown.status === 413) error(413, m.shared_error_413_text());
		return null;
	});
	if (!form || [...form.keys()].length > MOST_FIELDS) error(400, m.shared_error_400_text());
	return form;
}

/**
 * Picks the fields of a shape: an array takes every field of that name, a record those whose name begins with
 * its own (`answers-…`), a boolean is a checkbox, a file is one that somebody chose. Texts come without NUL, which PostgreSQL does not take, and with plain line ends.
 */
export function read(schema: Shape, form: FormData | URLSearchParams): Sent {
	return Object.fromEntries(
		Object.entries(schema.shape).map(([name, field]) => {
			const { type, many } = kindOf(field as z.ZodType);
			if (type === 'boolean')
				return [name, !['', 'false', null].includes(form.get(name) as string)];
			if (type === 'record') return [name, named(form, `${name}-`)];
			const values: unknown[] =
				type === 'file'
					? form.getAll(name).filter(isChosen)
					: form.getAll(name).filter(isText).map(clean);
			return [name, many ? values : values[0]];
		})
	);
}

/** The fields whose names begin so, each with all its texts, by the rest of the name. */
function named(form: FormData | URLSearchParams, prefix: string): Record<string, string[]> {
	const names = new Set([...form.keys()].filter((name) => name.startsWith(prefix)));
	return Object.fromEntries(
		[...names].map((name) => [
			name.slice(prefix.length),
			(form.getAll(name) as unknown[]).filter(isText).map(clean)
		])
	);
}

/** What goes back into the form: texts, lists and ticks. */
export function keep(sent: Sent): NonNullable<FormResult['values']> {
	const values: NonNullable<FormResult['values']> = {};
	for (const [name, value] of Object.entries(sent)) {
		if (typeof value === 'string') values[name] = value;
		if (typeof value === 'boolean') values[name] = value ? 'on' : '';
		if (Array.isArray(value)) values[name] = value.filter(isText);
		else if (typeof value === 'object') {
			for (const [key, list] of Object.entries(value ?? {}))
				values[`${name}-${key}`] = list as string[];
		}
	}
	return values;
}

/** A browser never fills in a file: without script each one has to be chosen again, and the field says so. */
export function filesToChoose(sent: Sent): Record<string, string> {
	const names = Object.keys(sent).filter((name) => [sent[name]].flat().some(isChosen));
	return Object.fromEntries(names.map((name) => [name, m.shared_error_file_again()]));
}

/** Checks what was sent; `errors` has the first sentence about each field. */
export function check<Schema extends Shape>(
	schema: Schema,
	sent: unknown
):
	| { input: z.output<Schema>; errors?: undefined }
	| { input?: undefined; errors: Record<string, string> } {
	const checked = schema.safeParse(sent, { error: (issue) => words(issue, schema) });
	if (checked.success) return { input: checked.data };
	const errors: Record<string, string> = {};
	for (const { path, message } of checked.error.issues) errors[nameAt(path)] ??= message;
	return { errors };
}

/** The name of a field: of a record, with the key. */
function nameAt([name = '', key]: PropertyKey[]): string {
	return typeof key === 'string' ? `${String(name)}-${key}` : String(name);
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function isChosen(value: unknown): value is File {
	return value instanceof File && (value.size > 0 || value.name !== '');
}

function clean(text: string): string {
	return text.replaceAll('\0', '').replaceAll('\r\n', '\n');
}

function kindOf(field: z.ZodType): { type: string; many: boolean } {
	const { def } = field as unknown as {
		def: { type: string; innerType?: z.ZodType; element?: z.ZodType };
	};
	if (def.innerType) return kindOf(def.innerType);
	return def.element
		? { type: kindOf(def.element).type, many: true }
		: { type: def.type, many: false };
}

// A schema's own sentence comes before this one.
function words(issue: z.core.$ZodRawIssue, { shape }: Shape): string {
	const field = shape[String(issue.path?.[0])] as z.ZodType | undefined;
	const isFile = field !== undefined && kindOf(field).type === 'file';
	switch (issue.code) {
		case 'too_big':
			if (issue.origin === 'file') {
				const size = figure(Number(issue.maximum) / BYTES_OF_MEGABYTE);
				return m.shared_error_file_size({ size });
			}
			return issue.origin === 'string'
				? m.shared_error_too_long({ limit: figure(Number(issue.maximum)) })
				: m.shared_error_form();
		case 'too_small':
			return m.shared_error_missing();
		case 'invalid_format':
			return issue.format === 'email' ? m.shared_error_email() : m.shared_error_form();
		case 'invalid_value':
			return isFile
				? m.shared_error_file_type({ types: issue.values.map(typeName).join(', ') })
				: m.shared_error_choose();
		case 'invalid_type':
			return issue.input === undefined ? m.shared_error_missing() : m.shared_error_form();
	}
	return m.shared_error_form();
}

/** `application/pdf` → "PDF". */
function typeName(type: unknown): string {
	return String(type).split('/').at(-1)!.toUpperCase();
}
