/**
 * What an action answers and a page receives as `form`. Sentences are in the reader's language.
 * `id` names the form on a page that has several; `values` are what was sent, so that nothing is lost;
 * `errors` go by field name; `refusal` is a no from the database; `done` says what was done on a page
 * that stays; `preview` is safe HTML by field name; `stored` is what somebody else saved first.
 */
export interface FormResult {
	id?: string;
	values?: Record<string, string | string[]>;
	errors?: Record<string, string>;
	refusal?: { key: string; sentence: string };
	done?: string;
	preview?: Record<string, string>;
	stored?: Stored;
}

/** Texts as they are saved now, by field name, and their version. */
export interface Stored {
	version: number;
	[name: string]: string | number;
}

/** What the action before this page did, said once: see flash.server.ts. */
export interface Flash {
	key: string;
	sentence: string;
	/** The place on the page that says it; the page's head if none is named. */
	at?: string;
	/** Ids and counts, for a place that says more. */
	values: Record<string, string>;
}
