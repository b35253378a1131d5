import type { Enums } from '$lib/platform/db/types';
import type { FormResult } from '$lib/platform/http/form';

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

/** A form that stands open in a post: its words, or the question before they go. */
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

/** What the page's forms get back. `standing`: the post as somebody else's edit left it. */
export type ThreadResult = FormResult & {
	preview?: string;
	standing?: { body: string; version: number };
};

/**
 * A thread with one page of its posts. `closed`: since which day, in words. `canModerate`: the reader may
 * close it and delete posts.
 */
export interface ThreadPage {
	thread_id: string;
	title: string;
	language: Language;
	closed_to_government: boolean;
	closed: string;
	posts_count: number;
	unread: number;
	/** Number of the first post that the reader has not seen; one past the end when there is none. */
	firstUnread: number;
	canModerate: boolean;
	committees: CommitteeName[];
	page: number;
	pages: number;
	posts: (Post | Gap)[];
}
