import { z } from 'zod';
import { localTime, spots } from '$lib/forums/schema';
import { Constants } from '$lib/platform/db/types';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS } from './rules';

const {
	session_kind,
	format,
	session_language,
	interpretation,
	mode,
	availability,
	registration_status
} = Constants.public.Enums;

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
	...pair('title', line({ most: LENGTHS.title })),
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
	const { starts_at, ends_at, sign_up, capacity, title_en, title_fr } = session;
	const wrong = (name: string, message: string) =>
		addIssue({ code: 'custom', path: [name], message });
	// In one language at least: the other may follow before the release.
	if (Math.max([...title_en].length, [...title_fr].length) < 2)
		wrong('title_en', m.sessions_error_title());
	if ((starts_at === '') !== (ends_at === '')) wrong('ends_at', m.sessions_error_both_times());
	else if (starts_at !== '' && ends_at <= starts_at) wrong('ends_at', m.sessions_error_order());
	else if (sign_up && starts_at === '') wrong('starts_at', m.sessions_error_sign_up_times());
	if (capacity === 0) wrong('capacity', m.sessions_error_capacity());
});

/** A release as its organizer saw and described it; `number` says whether it needs a note. */
export const releaseSchema = z
	.object({
		seen: z.string().max(64),
		number: z.coerce.number<string>().int().positive(),
		...pair('note', text({ most: LENGTHS.note }))
	})
	.superRefine(({ number, note_en, note_fr }, { addIssue }) => {
		if (number === 1) return;
		for (const [name, note] of Object.entries({ note_en, note_fr }))
			if (note === '') addIssue({ code: 'custom', path: [name], message: m.sessions_error_note() });
	});

const pairOfTitles = { title_en: z.string(), title_fr: z.string() };

/** What `private.program_difference` answers; `was` and `now` hold the columns that differ. */
export const differenceSchema = z.object({
	session_id: z.string(),
	what: z.enum(['added', 'changed', 'deleted']),
	...pairOfTitles,
	starts_at: z.string().nullable(),
	ends_at: z.string().nullable(),
	was: z.record(z.string(), z.unknown()),
	now: z.record(z.string(), z.unknown())
});

/** What `public.program_preview` answers. */
export const previewSchema = z.object({
	seen: z.string(),
	number: z.number(),
	changes: z.array(
		differenceSchema.extend({
			missing: z.array(z.string()),
			waiting: z.number(),
			people: z.number()
		})
	),
	overlaps: z.array(
		z.object({
			signup_id: z.string(),
			...pairOfTitles,
			stays_en: z.string(),
			stays_fr: z.string()
		})
	)
});

/** How a session changed that a person has, had or waits for a spot in. */
export const personChangeSchema = z.object({
	session_id: z.string(),
	what: z.enum(['deleted', 'moved', 'ended']),
	waited: z.boolean(),
	...pairOfTitles,
	was_starts_at: z.string().nullable(),
	was_ends_at: z.string().nullable(),
	was_room_en: z.string(),
	was_room_fr: z.string(),
	starts_at: z.string().nullable(),
	ends_at: z.string().nullable(),
	room_en: z.string().nullable(),
	room_fr: z.string().nullable(),
	stays_en: z.string().optional(),
	stays_fr: z.string().optional()
});

/** The same, for their home page. */
export const openChangeSchema = personChangeSchema.extend({
	change_id: z.string(),
	slug: z.string(),
	zone: z.string()
});

/** A forum ahead, with a person's registration and sessions. */
export const aheadSchema = z.object({
	forum_id: z.string(),
	slug: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	place_en: z.string(),
	place_fr: z.string(),
	starts_on: z.iso.date(),
	ends_on: z.iso.date(),
	registration_closes_at: z.string().nullable(),
	time_zone: z.string(),
	registration_open: z.boolean(),
	status: z.enum(registration_status).exclude(['cancelled']).nullable(),
	mode: z.enum(mode).nullable(),
	waitlist_position: z.number().int().nonnegative().nullable(),
	sessions: z.array(
		z.object({
			title_en: z.string(),
			title_fr: z.string(),
			starts_at: z.string(),
			ends_at: z.string(),
			session_id: z.string(),
			room_en: z.string(),
			room_fr: z.string(),
			format: z.enum(format).nullable()
		})
	),
	choices: z.array(
		z.object({
			session_id: z.string(),
			starts_at: z.string(),
			ends_at: z.string(),
			format: z.enum(format).nullable(),
			sign_up: z.boolean(),
			closed_to_government: z.boolean(),
			spots_left: z.enum(availability).nullable()
		})
	),
	cancelled: z.boolean()
});
