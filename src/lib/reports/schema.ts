import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { BODY_LENGTH, NOTE_LENGTH, TITLE_LENGTH } from './rules';

// Browsers send line ends as CR LF; the text is stored with LF.
const title = z.string().trim().max(TITLE_LENGTH);
const body = z
	.string()
	.transform((text) => text.replace(/\r\n?/g, '\n'))
	.pipe(z.string().max(BODY_LENGTH));

const note = z.string().trim().max(NOTE_LENGTH);
const version = z.coerce.number<string>().int().positive().max(2_000_000_000);

/** The draft as an editor saw and changed it. `version` is the one that they saw. */
export const reportSchema = z.object({
	version,
	title_en: title,
	title_fr: title,
	body_en: body,
	body_fr: body
});

/** A published report put right, and the note that tells its readers. */
export const correctionSchema = reportSchema.extend({ note_en: note, note_fr: note });

/** Publishing what was shown. Where the page warned, a box says that it is meant. */
export const publicationSchema = z
	.object({ version, warned: z.boolean(), sure: z.boolean() })
	.refine(({ warned, sure }) => sure || !warned, {
		path: ['sure'],
		error: () => m.reports_publish_error_sure()
	});

/** Taking down what was shown. */
export const takingDownSchema = z.object({ version });

/** Starting a draft asks for nothing. */
export const startSchema = z.object({});

export type Edit = z.output<typeof reportSchema>;
export type Correction = z.output<typeof correctionSchema>;

const { date_precision, province, sector, qualifier, session_kind } = Constants.public.Enums;

const words = z.object({ en: z.string(), fr: z.string() });
const count = z.number().int().nonnegative();

/**
 * The facts of a forum as `private.report_snapshot` gives them: frozen in a published report, live
 * for the composer. Days are `2016-11-23`, moments ISO strings. A priority without rank was not on
 * the ballot, or the vote had fewer than five ballots, or there was none (`vote` is null).
 */
export const snapshotSchema = z.object({
	forum: z.object({
		name: words,
		place: words,
		beside: words,
		starts_on: z.iso.date(),
		ends_on: z.iso.date(),
		date_precision: z.enum(date_precision),
		time_zone: z.string(),
		objectives: z.array(words),
		territory: words,
		participants: count.nullable(),
		qualifier: z.enum(qualifier).nullable(),
		provinces: z.array(z.enum(province)),
		sectors: z.array(z.enum(sector)),
		funder: words
	}),
	sessions: z.array(z.object({ kind: z.enum(session_kind), title: words })),
	areas: z.array(
		z.object({
			name: words,
			editorial: z.boolean(),
			priorities: z.array(
				z.object({
					id: z.string(),
					title: words,
					points: z.array(words),
					rank: count.nullable(),
					picks: count.nullable(),
					tied: z.boolean().nullable()
				})
			)
		})
	),
	vote: z
		.object({
			id: z.string(),
			title: words,
			closes_at: z.string(),
			voters_count: count,
			ballots_cast: count,
			quorum: count,
			sectors: z.array(z.enum(sector)),
			sample: z.boolean()
		})
		.nullable()
});

export type Snapshot = z.output<typeof snapshotSchema>;
export type Vote = NonNullable<Snapshot['vote']>;
export type SessionKind = Snapshot['sessions'][number]['kind'];
