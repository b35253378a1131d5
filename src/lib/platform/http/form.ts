/**
 * What an action answers and a page receives as `form`. Sentences are in the reader's language.
 * `id` names the form on a page that has several; `values` are what was sent, so that nothing is lost;
 * `errors` go by field name; `refusal` is a no from the database; `done` says what was done.
 */
export interface FormResult {
	id?: string;
	values?: Record<string, string | string[]>;
	errors?: Record<string, string>;
	refusal?: { key: string; sentence: string };
	done?: string;
}
