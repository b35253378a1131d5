import { getLocale } from './paraglide/runtime';

/** The names of a row's pairs: `name` where there are `name_en` and `name_fr`. */
type PairIn<Row> = {
	[Column in keyof Row]: Column extends `${infer Name}_en` ? Name : never;
}[keyof Row];

/**
 * One half of an organizers' text: `pair(forum, 'name')` is `name_fr` for a reader of French.
 * Works for texts and for lists of texts.
 */
export function pair<Row extends object, Name extends PairIn<Row> & string>(row: Row, name: Name) {
	type Half = Row[`${Name}_en` & keyof Row];
	return (row as Record<string, unknown>)[`${name}_${getLocale()}`] as Half;
}
