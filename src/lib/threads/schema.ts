import { z } from 'zod';
import { Constants, type Enums } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { line, text, versioned } from '$lib/platform/text/fields';
import type { Rendered } from '$lib/platform/text/rendered';
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
export type CommitteeName = z.output<typeof committeeName>;
const author = z.object({ name: z.string(), organization_name: z.string().nullable() }).nullable();
const count = z.number().int();
const moment = z.string();

/** What tells where a reader enters a thread; `read` is the number of the last post they have seen. */
const place = { thread_id: z.string(), posts_count: count, read: count };

/** What `thread_page` answers: `posts_shown` counts those not deleted, `next` is another unread thread. */
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
			read: count,
			unread: count,
			posts_shown: count,
			next: z.object({ ...place, title: z.string(), language, unread: count }).nullable(),
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

const threadLine = z.object({
	...place,
	title: z.string(),
	language,
	closed_to_government: z.boolean(),
	pinned_at: moment.nullable(),
	closed_at: moment.nullable(),
	last_post_at: moment,
	unread: count,
	replies: count,
	starter: z.string().nullable(),
	last: z
		.object({ author: z.string().nullable(), at: moment, language, words: z.string() })
		.nullable(),
	committees: z.array(committeeName)
});
/**
 * A thread as one line of a list; `unread` counts posts, `last` is the latest that was not deleted. Names are
 * null once the people left.
 */
export type ThreadLine = z.output<typeof threadLine>;

/** What `unread_page` answers: `next` is the key of the page that follows. */
const unread = z.object({
	threads: z.array(threadLine),
	next: z.object({ thread_id: z.string(), last_post_at: moment }).nullable()
});
export const unreadPageSchema = z.object({ who: z.unknown(), page: unread.nullable() });
export type UnreadPage = z.output<typeof unread>;

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
						held: z.boolean(),
						sample: z.boolean()
					})
				)
			}),
			inside: z
				.object({
					threads: z.array(threadLine),
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
export type CommitteePage = NonNullable<z.output<typeof committeePageSchema>['page']>;

// What the pages show, made by view.server.ts and data.server.ts.

type Language = Enums<'language'>;

/** The form that is open in a post: its text, or the question before it is deleted. */
export type OpenForm =
	{ form: 'edit'; post: string; version: number; body: string } | { form: 'delete'; post: string };

/**
 * A post as the page shows it; `author` is null once they left, `html` is rendered and safe. `posted`
 * and `edited` are words: browsers do not agree with one another about a zone's hours. `printed`: the day in full,
 * where `posted` says today. `goesOn`: the post above is by the same person.
 */
export interface Post {
	number: number;
	language: Language;
	created_at: string;
	posted: string;
	printed?: string;
	edited: string;
	goesOn: boolean;
	author: { name: string; organization_name: string | null } | null;
	html: string;
	mine: boolean;
	editable: boolean;
	removable: boolean;
	open?: OpenForm;
}

/** What is left of a deleted post: its place, and the day it was posted, in words. */
export interface Gap {
	number: number;
	posted: string;
	deleted: true;
}

/** What the rows of posts need to know of their thread. */
export interface ThreadFacts {
	thread_id: string;
	unread: number;
	/** Number of the first post of this page that the reader has not seen; 0 when there is none. */
	firstUnread: number;
	committees: CommitteeName[];
	page: number;
}

/**
 * A thread with one page of its posts, as rows that the server rendered: those before and after the one
 * post whose form is open. `closed`: since which day, in words. `canModerate`: the reader may close the thread
 * and delete posts. `last`: number of the last post of the page. `toNew`: the address of the first new post.
 */
export interface ThreadPage extends ThreadFacts {
	title: string;
	language: Language;
	closed_to_government: boolean;
	closed: string;
	posts_count: number;
	posts_shown: number;
	toNew?: `/${string}`;
	next: Thread['next'];
	canModerate: boolean;
	pages: number;
	before: Rendered | string;
	open?: Post;
	after: Rendered | string;
	last?: number;
}
