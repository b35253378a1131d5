import type { Connection } from '@supabase/lite';

type Fetch = typeof globalThis.fetch;
type DbError = { code?: unknown; message?: string; detail?: string | null; hint?: string | null };

/**
 * Guard: PostgREST's error codes.
 * Without it a failed check, an exclusion, a plain `raise` and most other errors all arrive as
 * "500 SUP", and a refusal looks like a fault.
 */
export function restoreErrorCodes(connection: Connection): void {
	const normalise = connection.normalizeDbError.bind(connection);
	connection.normalizeDbError = (cause) => {
		const error = normalise(cause) as DbError | undefined;
		const status = statusOf(error?.code);
		if (!status) return error;
		const { code, message, detail, hint } = error!;
		return {
			code: 'PGRST',
			message: JSON.stringify({ code, message, details: detail ?? null, hint: hint ?? null }),
			detail: JSON.stringify({ status, headers: {} })
		};
	};
}

// The table of https://docs.postgrest.org/en/stable/references/errors.html, less what the server
// already answers as PostgREST does.
function statusOf(code: unknown): number | undefined {
	if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return undefined;
	if (/^(PT|PGRST)|^(21|22|42)|^(23502|23503|23505|25006)$/.test(code)) return undefined;
	if (/^(0L|0P|28)/.test(code)) return 403;
	if (/^(08|53|57P01)/.test(code) && code !== '53400') return 503;
	if (code === 'P0001') return 400;
	if (/^(09|25|2D|38|39|3B|40|53|54|55|57|58|F0|HV|P0|XX)/.test(code)) return 500;
	return 400;
}

/**
 * Guard: one row is one object.
 * Without it a write that asks for `.single()` with an embedded table answers with a list of one.
 */
export function restoreSingleRows(fetch: Fetch): Fetch {
	return async (input, init) => {
		const response = await fetch(input, init);
		const accept = new Headers(
			init?.headers ?? (input instanceof Request ? input.headers : undefined)
		).get('accept');
		if (!response.ok || !accept?.includes('vnd.pgrst.object')) return response;
		const text = await response.text();
		const body: unknown = text && text.startsWith('[') ? JSON.parse(text) : undefined;
		const single = Array.isArray(body) && body.length === 1 ? JSON.stringify(body[0]) : text;
		const headers = new Headers(response.headers);
		headers.delete('content-length');
		return new Response(text === '' ? null : single, { status: response.status, headers });
	};
}

const instant = (text: string) => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
const moment = (text: string) => text.replace(' ', 'T');
const list = (parse: (text: string) => unknown) => (text: string) =>
	text === '{}'
		? []
		: text
				.slice(1, -1)
				.split(',')
				.map((item) => (item === 'NULL' ? null : parse(item.replace(/^"|"$/g, ''))));

/**
 * Guard: PostgREST's value shapes, by PostgreSQL type number.
 * Without it a moment reads `2026-01-02 03:04:05+00` at the top and ISO in an embed, a numeric
 * comes as text or number depending on its digits, and a bytea as an object.
 */
export const shapes: Record<number, (text: string) => unknown> = {
	17: (text) => text,
	1114: moment,
	1184: instant,
	1700: Number,
	1115: list(moment),
	1185: list(instant),
	1231: list(Number)
};

/** A bytea arrives from the REST API as the text that PostgREST shows, and from us as bytes. */
export function writeBytes(value: unknown): string {
	return typeof value === 'string'
		? value
		: `\\x${Buffer.from(value as Uint8Array).toString('hex')}`;
}
