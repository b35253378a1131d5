import type { Enums } from '$lib/platform/db/types';
import type { Rendered } from '$lib/platform/text/rendered';

type Language = Enums<'language'>;

/** A committee by its name. */
export interface CommitteeName {
	slug: string;
	name_en: string;
	name_fr: string;
}

/** A thread as one line of a list; `unread` counts posts. */
export interface ThreadLine {
	thread_id: string;
	title: string;
	language: Language;
	closed_to_government: boolean;
	pinned_at: string | null;
	closed_at: string | null;
	last_post_at: string;
	posts_count: number;
	unread: number | null;
	committees: CommitteeName[];
}

/** The form that is open in a post: its text, or the question before it is deleted. */
export type OpenForm =
	{ form: 'edit'; post: string; version: number; body: string } | { form: 'delete'; post: string };

/**
 * A post as the page shows it; `author` is null once they left, `html` is rendered and safe. `posted`
 * and `edited` are words: browsers do not agree with one another about a zone's hours.
 */
export interface Post {
	number: number;
	language: Language;
	created_at: string;
	posted: string;
	edited: string;
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
	/** Number of the first post that the reader has not seen; one past the end when there is none. */
	firstUnread: number;
	committees: CommitteeName[];
	page: number;
}

/**
 * A thread with one page of its posts, as rows that the server rendered: those before and after the one
 * post whose form is open. `closed`: since which day, in words. `canModerate`: the reader may close the thread
 * and delete posts. `last`: number of the last post of the page.
 */
export interface ThreadPage extends ThreadFacts {
	title: string;
	language: Language;
	closed_to_government: boolean;
	closed: string;
	posts_count: number;
	canModerate: boolean;
	pages: number;
	before: Rendered | string;
	open?: Post;
	after: Rendered | string;
	last?: number;
}
