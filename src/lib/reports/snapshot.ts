import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';

const { province, sector, qualifier, session_kind } = Constants.public.Enums;

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
