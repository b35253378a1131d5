import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';

const { date_precision, province } = Constants.public.Enums;

const count = z.number().int().nonnegative();
const moment = z.string();
const day = z.iso.date();

/** What `organize` gives: every forum, newest first, with all that waits for an organizer. */
export const organizeSchema = z.object({
	forums: z.array(
		z.object({
			forum_id: z.string(),
			slug: z.string(),
			name_en: z.string(),
			name_fr: z.string(),
			place_en: z.string(),
			place_fr: z.string(),
			starts_on: day,
			ends_on: day,
			published: z.boolean(),
			cancelled: z.boolean(),
			time_zone: z.string(),
			registration_opens_at: moment.nullable(),
			registration_closes_at: moment.nullable(),
			capacity_in_person: count.nullable(),
			capacity_online: count.nullable(),
			in_person: count,
			online: count,
			confirmed: count,
			waitlisted: count,
			provinces: z.partialRecord(z.enum(province), count),
			sessions: count,
			priorities: count,
			votes: z.array(
				z.object({
					vote_id: z.string(),
					title_en: z.string(),
					title_fr: z.string(),
					opens_at: moment,
					closes_at: moment,
					counted_at: moment.nullable(),
					turnout: count.nullable(),
					voters_count: count
				})
			),
			report: z
				.object({
					report_id: z.string(),
					published_at: moment.nullable(),
					published_precision: z.enum(date_precision).nullable()
				})
				.nullable()
		})
	)
});

export type OrganizedForum = z.output<typeof organizeSchema>['forums'][number];
