import { z } from 'zod';
import { listSchema } from '$lib/needs/schema';
import { Constants } from '$lib/platform/db/types';

const { language, mode, province, question_kind, registration_status } = Constants.public.Enums;

export const FORMATS = ['xlsx', 'csv'] as const;

/** What an organizer asks to download. */
export const fileSchema = z.object({
	what: z.enum(['roster', 'answers', 'coverage']),
	format: z.enum(FORMATS)
});

/** What a needs reader asks to download. */
export const needsFileSchema = z.object({ format: z.enum(FORMATS) });

/** What `private.export_head` answers: of which forum a file is, by whom and when it was made. */
export const headSchema = z.object({
	slug: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	time_zone: z.string(),
	starts_on: z.string(),
	ends_on: z.string(),
	maker: z.string(),
	made_at: z.string()
});
export type Head = z.output<typeof headSchema>;

const status = z.enum(registration_status);

/** What `export_roster` answers. */
export const rosterFileSchema = headSchema.extend({
	people: z.array(
		z.object({
			name: z.string(),
			badge_name: z.string().nullable(),
			email: z.string().nullable(),
			organization_name: z.string().nullable(),
			sector: z.string(),
			province: z.enum(province),
			language: z.enum(language),
			mode: z.enum(mode),
			status,
			over_capacity: z.boolean(),
			joined_at: z.string(),
			confirmed_at: z.string().nullable(),
			position: z.number().nullable()
		})
	)
});
export type RosterFile = z.output<typeof rosterFileSchema>;

const answer = z.object({ text: z.string().nullable(), chosen: z.array(z.number()) });

/** What `export_answers` answers; `answers` by the id of their question. */
export const answersFileSchema = headSchema.extend({
	questions: z.array(
		z.object({
			question_id: z.string(),
			kind: z.enum(question_kind),
			text_en: z.string(),
			text_fr: z.string(),
			options_en: z.array(z.string()),
			options_fr: z.array(z.string())
		})
	),
	people: z.array(
		z.object({
			name: z.string(),
			email: z.string().nullable(),
			organization_name: z.string().nullable(),
			status,
			answers: z.record(z.string(), answer)
		})
	)
});
export type AnswersFile = z.output<typeof answersFileSchema>;

/** What `export_needs` answers. */
export const needsFileAnswerSchema = headSchema.extend({
	people: z.array(listSchema.shape.people.element.omit({ person_id: true }))
});
export type NeedsFile = z.output<typeof needsFileAnswerSchema>;
