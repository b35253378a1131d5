import { z } from 'zod';
import { Constants, type Tables } from '$lib/shared/database.types';

const { province, mode, duty, language } = Constants.public.Enums;

const count = z.number().int().nonnegative();
const moment = z.string();
const day = z.iso.date();

/** What `my_needs` gives: votes open to the person, threads with unread posts, forums ahead. */
export const needsSchema = z.object({
	votes: z.array(
		z.object({
			round_id: z.string(),
			title_en: z.string(),
			title_fr: z.string(),
			closes_at: moment,
			time_zone: z.string(),
			choices: count,
			has_voted: z.boolean()
		})
	),
	threads: z.array(
		z.object({
			thread_id: z.string(),
			title: z.string(),
			language: z.enum(language),
			last_post_at: moment,
			unread: count
		})
	),
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
			registration_closes_at: moment.nullable(),
			time_zone: z.string(),
			registration_open: z.boolean(),
			state: z.enum(['confirmed', 'waitlisted']).nullable(),
			mode: z.enum(mode).nullable(),
			place_in_line: count.nullable(),
			sessions: z.array(
				z.object({
					title_en: z.string(),
					title_fr: z.string(),
					starts_at: moment,
					room_en: z.string(),
					room_fr: z.string()
				})
			)
		})
	),
	committees: z.array(
		z.object({
			slug: z.string(),
			name_en: z.string(),
			name_fr: z.string(),
			duty: z.enum(duty)
		})
	)
});

/** What `desk` gives: every forum, newest first, with all that waits for an organizer. */
export const deskSchema = z.object({
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
			rounds: z.array(
				z.object({
					round_id: z.string(),
					title_en: z.string(),
					title_fr: z.string(),
					opens_at: moment,
					closes_at: moment,
					counted_at: moment.nullable(),
					turnout: count.nullable(),
					on_roll: count
				})
			),
			report: z.object({ report_id: z.string(), published_at: moment.nullable() }).nullable()
		})
	)
});

export type Needs = z.output<typeof needsSchema>;
export type Vote = Needs['votes'][number];
export type Thread = Needs['threads'][number];
export type ForumAhead = Needs['forums'][number];
export type DeskForum = z.output<typeof deskSchema>['forums'][number];

/** A forum as the visitor's home tells of it. */
export interface Told extends Pick<
	Tables<'forums'>,
	| 'slug'
	| 'place_en'
	| 'place_fr'
	| 'city'
	| 'starts_on'
	| 'ends_on'
	| 'time_zone'
	| 'participants'
	| 'participants_qualifier'
	| 'registration_opens_at'
	| 'registration_closes_at'
	| 'cancelled_at'
> {
	sessions: number;
	priorities: number;
	reported: boolean;
}

/** The head of a counted list. */
export interface First extends Pick<
	Tables<'rounds'>,
	'round_id' | 'title_en' | 'title_fr' | 'on_roll' | 'quorum'
> {
	ballots_cast: number;
	ranked: { priority_id: string; rank: number; title_en: string; title_fr: string }[];
}
