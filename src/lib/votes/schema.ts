import { z } from 'zod';
import { line, pair } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS } from './rules';

const longestList = 200;

/** Ids of the picks, of the starred ones, and whether "none of these" is meant. */
export const ballotSchema = z.object({
	pick: z.array(z.uuid()).max(longestList, { error: () => m.votes_error_list() }),
	star: z.array(z.uuid()).max(longestList, { error: () => m.votes_error_list() }),
	none: z.boolean()
});
export type BallotInput = z.output<typeof ballotSchema>;

/** A form without fields. */
export const nothing = z.object({});

/** A vote to open; `closes_at` is a local time in the forum's zone, "2027-11-12T17:00". */
export const openingSchema = z.object({
	...pair('title', line({ least: 3, most: LENGTHS.title })),
	closes_at: z
		.string()
		.regex(/^20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, { error: () => m.votes_error_closes() }),
	quorum: z.coerce
		.number({ error: () => m.votes_error_quorum() })
		.int({ error: () => m.votes_error_quorum() })
		.min(0, { error: () => m.votes_error_quorum() })
		.max(100_000, { error: () => m.votes_error_quorum() }),
	sectors: z.array(z.string()).min(1, { error: () => m.votes_error_sectors() }),
	// An open vote cannot be changed, so the form asks whether it is meant.
	sure: z.boolean().refine((it) => it, { error: () => m.votes_error_sure() })
});
export type VoteInput = z.output<typeof openingSchema>;
