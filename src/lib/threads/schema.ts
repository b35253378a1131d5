import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { line, text, versioned } from '$lib/platform/text/fields';
import { LENGTHS } from './rules';

const body = text({ least: 1, most: LENGTHS.body, missing: m.threads_error_body });
const language = z.enum(Constants.public.Enums.language);

export const threadSchema = z.object({
	title: line({ least: 3, most: LENGTHS.title, missing: m.threads_error_title }),
	language,
	body,
	// Not a transform: the form's reader has to see that this is a list.
	committees: z
		.array(z.string().max(40))
		.max(50)
		.overwrite((slugs) => [...new Set(slugs)])
		.min(1, { error: () => m.threads_error_committees() }),
	closed_to_government: z.boolean(),
	key: z.uuid()
});

export const replySchema = z.object({ body, language, key: z.uuid() });

const which = { post: z.uuid(), number: z.coerce.number().int().min(1) };

export const editSchema = versioned({ ...which, body });

export const deletionSchema = z.object(which);

export const closingSchema = z.object({ closed: z.enum(['yes', 'no']) });

const committeeName = z.object({ slug: z.string(), name_en: z.string(), name_fr: z.string() });
const author = z.object({ name: z.string(), organization_name: z.string().nullable() }).nullable();
const count = z.number().int();
const moment = z.string();

/** What `thread_page` answers. */
export const threadPageSchema = z.object({
	who: z.unknown(),
	page: z
		.object({
			thread_id: z.string(),
			title: z.string(),
			language,
			closed_to_government: z.boolean(),
			closed_at: moment.nullable(),
			posts_count: count,
			unread: count,
			committees: z.array(committeeName),
			can_moderate: z.boolean(),
			posts: z.array(
				z.object({
					post_id: z.string(),
					number: count,
					version: count,
					body: z.string(),
					language,
					created_at: moment,
					edited_at: moment.nullable(),
					deleted_at: moment.nullable(),
					mine: z.boolean().nullable(),
					author
				})
			)
		})
		.nullable()
});
export type Thread = NonNullable<z.output<typeof threadPageSchema>['page']>;

const seat = z.object({ label_en: z.string(), label_fr: z.string() });

/** What `committee_page` answers. */
export const committeePageSchema = z.object({
	who: z.unknown(),
	page: z
		.object({
			committee: z.object({
				slug: z.string(),
				name_en: z.string(),
				name_fr: z.string(),
				description_en: z.string(),
				description_fr: z.string(),
				duties_en: z.array(z.string()),
				duties_fr: z.array(z.string()),
				meets_en: z.string(),
				meets_fr: z.string(),
				seats: z.array(
					seat.extend({
						seat_id: z.string(),
						province: z.enum(Constants.public.Enums.province).nullable(),
						held: z.boolean()
					})
				)
			}),
			inside: z
				.object({
					threads: z.array(
						z.object({
							thread_id: z.string(),
							title: z.string(),
							language,
							closed_to_government: z.boolean(),
							pinned_at: moment.nullable(),
							closed_at: moment.nullable(),
							last_post_at: moment,
							posts_count: count,
							unread: count,
							committees: z.array(committeeName)
						})
					),
					more: z.boolean(),
					members: z.array(
						z.object({
							membership_id: z.string(),
							duty: z.enum(Constants.public.Enums.duty),
							yours: z.boolean(),
							person: author,
							seat: seat.nullable()
						})
					)
				})
				.nullable()
		})
		.nullable()
});
