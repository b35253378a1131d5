import type { Enums } from '$lib/shared/database.types';

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
	ngo_only: boolean;
	pinned_at: string | null;
	closed_at: string | null;
	last_post_at: string;
	posts_count: number;
	unread: number | null;
	committees: CommitteeName[];
}

/** A form that stands open in a post: its words, or the question before they go. */
export type OpenForm =
	{ form: 'edit'; post: string; body: string } | { form: 'delete'; post: string };

/** A post as the page shows it; `author` is null once they left, `html` is rendered and safe. */
export interface Post {
	number: number;
	language: Language;
	created_at: string;
	edited_at: string | null;
	author: { name: string; organization_name: string | null } | null;
	html: string;
	mine: boolean;
	editable: boolean;
	removable: boolean;
	open?: OpenForm;
}

/** What is left of a deleted post: its place. */
export interface Gap {
	number: number;
	created_at: string;
	deleted: true;
}

/** A thread with one page of its posts. `keeper`: the reader may close it and delete posts. */
export interface ThreadPage {
	thread_id: string;
	title: string;
	language: Language;
	ngo_only: boolean;
	closed_at: string | null;
	posts_count: number;
	unread: number;
	/** Number of the first post that the reader has not seen; one past the end when there is none. */
	firstUnread: number;
	keeper: boolean;
	committees: CommitteeName[];
	page: number;
	pages: number;
	posts: (Post | Gap)[];
}
