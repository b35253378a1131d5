import type { RequestEvent } from '@sveltejs/kit';
import type { Db } from './db/client.server';
import type { Job } from './jobs/job';

/** The words of one email; a code is a line of its own, the link a path of this site. */
export interface EmailWords {
	subject: string;
	paragraphs: string[];
	code?: string;
	action?: { text: string; path: string };
}

/** What an email is about, as the verb that queued it wrote it down. */
export type EmailFacts = Record<string, string>;

/** Who asks, and the data of a page, read by one call. */
export interface PageCall {
	(db: Db, event: RequestEvent): Promise<{ who: unknown; page: unknown }>;
}

/**
 * What a domain contributes. Each part that gathers (emails, jobs, menus, robots, hooks) loops over
 * the list in `domains.ts`, so that a new domain edits no file of another one. The SQL side is found by
 * name: `private.<domain>_tasks`, `_organize`, `_export`, `_delete`, `_retention` (see supabase/README.md).
 */
export interface Domain {
	/** The same in SQL, folders, messages and tests. */
	name: string;
	/** Emails by kind, put into words in the reader's language when they are sent. */
	emails?: Record<string, (facts: EmailFacts) => EmailWords>;
	/** Work in the background. */
	jobs?: Job[];
	/** By route id, the one call that answers who asks together with the page's data. */
	pages?: Record<string, PageCall>;
	/**
	 * Public routes whose pages are cached in memory for visitors, by route id: the tags of what they show (the
	 * names of domains), and the parameters that they read. A page that reads others must not be listed.
	 */
	cached?: Record<string, { tags: readonly string[]; query?: readonly string[] }>;
	/** Entries of the menus; `path` is without language. */
	menu?: { path: `/${string}`; text: () => string; organizers?: boolean }[];
	/** Beginnings of paths that search engines are asked to leave alone. */
	hiddenFromRobots?: `/${string}`[];
	/** Ids of member routes that are open before a profile is written. */
	beforeProfile?: string[];
	/** Ids of member routes that stay open to a suspended account. */
	openToSuspended?: string[];
}
