import type { RequestEvent } from '@sveltejs/kit';
import type { Db } from './db/client.server';
import type { Job } from './jobs/job';
import type { CalendarEntry, CalendarMessage } from './text/calendar';

/** The words of one email; a code is a line of its own, the link a path of this site. */
export interface EmailWords {
	subject: string;
	paragraphs: string[];
	code?: string;
	action?: { text: string; path: string };
	/** What becomes of an entry in the reader's calendar; discreet emails leave it out. */
	calendar?: { method: CalendarMessage['method']; entry: CalendarEntry };
	/** What a discreet email says instead, when the reader asked for nothing. */
	discreet?: string;
}

/** What an email is about, as the verb that queued it wrote it down. */
export type EmailFacts = Record<string, string>;

/** Who asks, and the data of a page, read by one call. */
export interface PageCall {
	(db: Db, event: RequestEvent): Promise<{ who: unknown; page: unknown }>;
}

/** Where a sentence or a button leads; `path` is without language. */
export interface Way {
	text: string;
	path: `/${string}`;
}

/** Something that needs a person now: what, until when, and the way to it. In the reader's language. */
export interface Need {
	id: string;
	title: string;
	lines?: string[];
	/** When it closes, as an ISO moment, with the sentence that says it; `soon` draws the eye to it. */
	closes?: { at: string; text: string; soon: boolean };
	button?: Way;
	/** Several things of one kind; `lang` when the text is not in the reader's language. */
	links?: (Way & { note?: string; lang?: string })[];
}

/** The words of an act in the audit; `fields` are the names that were logged with it, none for a list of acts. */
export type ActWords = (fields: readonly string[]) => string;

/** Something that a person looks up at home without having to do anything. */
export interface HomePart {
	id: string;
	title: string;
	lead?: string;
	text?: string;
	facts?: { term: string; values: { text: string; path?: Way['path'] }[] }[];
	links?: (Way & { note?: string })[];
	buttons?: (Way & { variant: 'quiet' | 'text' })[];
}

/** What an organizer has to know of a forum: a sentence or a link, and a note. */
export interface ForumLine {
	text: string;
	path?: Way['path'];
	note?: string;
}

/** The cycle of a forum, in the order of the domains: what each of them knows of its own stage. */
export interface Stage {
	name: string;
	state: 'done' | 'now' | 'ahead';
	/** When, or how much. */
	note?: string;
	path: Way['path'];
}

/** How much a step counts beside those of other domains, first to last. */
export const weights = ['overdue', 'begun', 'ended', 'next', 'past'] as const;

/** What comes next for a forum, as one domain sees it; in the reader's language. */
export interface Step {
	/** Of several steps the one with the first weight is shown, and among equals that of the earlier domain. */
	weight: (typeof weights)[number];
	title: string;
	text: string;
	button: Way;
	/** Whether it waits for an organizer; the others go on by themselves. */
	waits: boolean;
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
	/** The acts that this domain's verbs log in the audit, by name. */
	acts?: Record<string, ActWords>;
	/** What has to be done before the site listens; harmless when it is done again. */
	atStart?: () => Promise<unknown>;
	/** By route id, the one call that answers who asks together with the page's data. */
	pages?: Record<string, PageCall>;
	/**
	 * Public routes whose pages are cached in memory for visitors, by route id: the tags of what they show (names
	 * of domains, and `turnout` for the running figure of a vote), and the parameters that they read. A page that
	 * reads others must not be listed.
	 */
	cached?: Record<string, { tags: readonly string[]; query?: readonly string[] }>;
	/** Entries of the menus; `path` is without language. */
	menu?: { path: `/${string}`; text: () => string; organizers?: boolean }[];
	/** The organizers' pages that belong to no forum; `path` is without language. */
	organizePages?: { path: `/${string}`; text: () => string }[];
	/** A member's home, in words: from what all `private.<domain>_tasks` answered, the keys of this domain. */
	needs?: (gathered: unknown) => Need[];
	homeParts?: (gathered: unknown) => HomePart[];
	/** The organizers' list of forums, in words: from what all `private.<domain>_organize` answered. */
	forumLines?: (gathered: unknown, now: Date) => ForumLine[];
	/** The next step of a forum, from the same answer as `forumLines`; null when this domain has none. */
	step?: (gathered: unknown, now: Date) => Step | null;
	/** How far a forum is in this domain's stage of the cycle, from the same answer. */
	stage?: (gathered: unknown, now: Date) => Stage;
	/** Public pages that search engines may find, by route id: the paths of its pages. All others say noindex. */
	findable?: Record<string, (db: Db) => Promise<Way['path'][]>>;
	/** Beginnings of paths that search engines are asked to leave alone. */
	hiddenFromRobots?: `/${string}`[];
	/** Ids of routes whose forms carry files; all others take 512 KB. */
	takesFiles?: string[];
	/** Ids of member routes that are open before a profile is written. */
	beforeProfile?: string[];
	/** Ids of member routes that stay open to a suspended account. */
	openToSuspended?: string[];
}
