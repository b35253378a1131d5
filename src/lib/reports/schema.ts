import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { isWhole, LENGTHS } from './rules';

const report = z.uuid();

/** The draft as an editor saw and changed it. `version` is the one that they saw. */
export const reportSchema = versioned({
	report,
	...pair('title', line({ most: LENGTHS.title })),
	...pair('body', text({ most: LENGTHS.body }))
});

/** A published report put right, and the note that tells its readers, as it is typed. */
export const typedCorrectionSchema = reportSchema.extend(
	pair('note', text({ most: LENGTHS.note }))
);

/** A correction to publish: each language that can be read says what was corrected. */
export const correctionSchema = typedCorrectionSchema.superRefine((report, { addIssue }) => {
	for (const lang of ['en', 'fr'] as const) {
		if (!isWhole(report, lang) || report[`note_${lang}`].trim() !== '') continue;
		addIssue({
			code: 'custom',
			path: [`note_${lang}`],
			message: m.reports_refusal_correction_without_note({ missing: lang })
		});
	}
});

/** Publishing what was shown. Where the page warned, a box says that it is meant. */
export const publicationSchema = versioned({
	report,
	warned: z.boolean(),
	sure: z.boolean()
}).refine(({ warned, sure }) => sure || !warned, {
	path: ['sure'],
	error: () => m.reports_publish_error_sure()
});

/** Taking down what was shown. */
export const takingDownSchema = versioned({ report });

/** The forum whose highlights are started. */
export const startSchema = z.object({ forum: z.uuid() });

const { date_precision, province, qualifier, session_kind } = Constants.public.Enums;

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
		sectors: z.array(words),
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
			sectors: z.array(words),
			sample: z.boolean()
		})
		.nullable()
});

/** The figures of a report in words; `counted` is what the registrations say where that differs. */
export interface FiguresView {
	shown: string[];
	counted: string[] | null;
}

export type Snapshot = z.output<typeof snapshotSchema>;
export type Vote = NonNullable<Snapshot['vote']>;
export type SessionKind = Snapshot['sessions'][number]['kind'];
