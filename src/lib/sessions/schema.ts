import { z } from 'zod';
import { localTime, spots } from '$lib/forums/schema';
import { Constants } from '$lib/platform/db/types';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS } from './rules';

const { session_kind, format, session_language, interpretation } = Constants.public.Enums;

/** The session that a button is about. */
export const signupSchema = z.object({ session: z.uuid() });

/** One of a list, or nothing. */
function maybe<Value extends string>(values: readonly Value[]) {
	return z
		.literal('')
		.or(z.enum(values as [Value, ...Value[]]))
		.transform((it) => it || null);
}

/** A session as an organizer saw and changed it; `session` is empty for a new one. */
export const sessionSchema = versioned({
	session: z.literal('').or(z.uuid()),
	kind: z.enum(session_kind, { error: () => m.sessions_error_kind() }),
	...pair('title', line({ least: 2, most: LENGTHS.title })),
	...pair('summary', text({ most: LENGTHS.summary })),
	starts_at: localTime,
	ends_at: localTime,
	...pair('room', line({ most: LENGTHS.room })),
	format: maybe(format),
	language: maybe(session_language),
	interpretation: maybe(interpretation),
	closed_to_government: z.boolean(),
	sign_up: z.boolean(),
	capacity: spots
}).superRefine((session, { addIssue }) => {
	const { starts_at, ends_at, sign_up, capacity } = session;
	const wrong = (name: string, message: string) =>
		addIssue({ code: 'custom', path: [name], message });
	if ((starts_at === '') !== (ends_at === '')) wrong('ends_at', m.sessions_error_both_times());
	else if (starts_at !== '' && ends_at <= starts_at) wrong('ends_at', m.sessions_error_order());
	else if (sign_up && starts_at === '') wrong('starts_at', m.sessions_error_sign_up_times());
	if (capacity === 0) wrong('capacity', m.sessions_error_capacity());
});
