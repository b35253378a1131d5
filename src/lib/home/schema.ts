import { z } from 'zod';
import { Constants, type Tables } from '$lib/platform/db/types';

const { mode, duty, language } = Constants.public.Enums;

const count = z.number().int().nonnegative();
const moment = z.string();
const day = z.iso.date();

/** What needs a person: votes open to the person, threads with unread posts, forums ahead. */
export const tasksSchema = z.object({
	votes: z.array(
		z.object({
			vote_id: z.string(),
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
			status: z.enum(['confirmed', 'waitlisted']).nullable(),
			mode: z.enum(mode).nullable(),
			waitlist_position: count.nullable(),
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

/** What `home_page` gives: who asks, and what needs them. */
export const pageSchema = z.object({ who: z.unknown(), page: tasksSchema.nullable() });

export type MyTasks = z.output<typeof tasksSchema>;
export type Vote = MyTasks['votes'][number];
export type Thread = MyTasks['threads'][number];
export type ForumAhead = MyTasks['forums'][number];

/** A forum as the visitor's home shows it. */
export interface ForumSummary extends Pick<
	Tables<'forums'>,
	| 'slug'
	| 'place_en'
	| 'place_fr'
	| 'city'
	| 'starts_on'
	| 'ends_on'
	| 'date_precision'
	| 'time_zone'
	| 'participants'
	| 'participants_qualifier'
	| 'registration_opens_at'
	| 'registration_closes_at'
	| 'cancelled_at'
	| 'sample'
> {
	sessions: number;
	priorities: number;
	reported: boolean;
}

/** The head of a counted list. */
export interface First extends Pick<
	Tables<'votes'>,
	'vote_id' | 'title_en' | 'title_fr' | 'voters_count' | 'quorum' | 'sample'
> {
	ballots_cast: number;
	ranked: { priority_id: string; rank: number; title_en: string; title_fr: string }[];
}
