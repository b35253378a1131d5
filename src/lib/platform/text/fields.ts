import { z } from 'zod';
import { figure } from './figures';
import { m } from './i18n/paraglide/messages';

// The four kinds of text that forms take: a line, a text, a pair of both languages, and texts with the
// version that they were loaded at. Each has a component of the same name in `ui`.

/** In characters, as `char_length` in the database counts them; `missing` says what to write instead. */
interface Length {
	least?: number;
	most: number;
	missing?: () => string;
}

const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;
/** Controls, marks of direction and what has no width. Joiners stay: scripts and emoji need them. */
const INVISIBLE =
	/(?![\n\t])[\p{Cc}\p{Bidi_Control}\u00ad\u115f\u1160\u3164\uffa0\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** Copied from a web page or a word processor; those that French and figures need stay. */
const STRAY_NO_BREAK_SPACE = /(?<![\d«])[\u00a0\u202f](?![\d»:;!?%$€])/g;
const BLANK_ENDS =
	/^[\s\p{Join_Control}\u2800]+|(?<![\s\p{Join_Control}\u2800])[\s\p{Join_Control}\u2800]+$/gu;
/** Accents upon accents reach into the lines above and below. */
const TOWER = /(\p{M}{4})\p{M}+/gu;
/** The empty pattern of Braille is a sign that shows nothing. */
const VISIBLE = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A name or a title: one visible line, as `private.one_line` in the database makes it. What would turn the
 * text beside it around, or pass for another name, goes.
 */
export function line(length: Length) {
	return measured(length, (typed) =>
		visible(typed.replaceAll(/[\t-\r\u0085\u2028\u2029]+/g, ' '))
			.replaceAll(/[^\S\u00a0\u202f]+/g, ' ')
			.replaceAll(BLANK_ENDS, '')
			.replaceAll(TOWER, '$1')
	);
}

/** A text of several lines, often Markdown. */
export function text(length: Length) {
	return measured(length, (typed) => visible(typed.replaceAll(LINE_ENDS, '\n')).trim());
}

/** The two fields of a text in both languages: `title_en` and `title_fr`. */
export function pair<Name extends string, Field extends z.ZodType>(name: Name, field: Field) {
	const fields = { [`${name}_en`]: field, [`${name}_fr`]: field };
	return fields as Record<`${Name}_en` | `${Name}_fr`, Field>;
}

/** A form about something with a version: the verb refuses when another one was saved since. */
export function versioned<Shape extends z.ZodRawShape>(shape: Shape) {
	const version = z.coerce.number<string>().int().min(1).max(2_000_000_000);
	return z.object({ ...shape, version });
}

function visible(typed: string): string {
	return typed.replaceAll(INVISIBLE, '').normalize('NFC').replaceAll(STRAY_NO_BREAK_SPACE, ' ');
}

function measured({ least = 0, most, missing }: Length, tidy: (typed: string) => string) {
	return (
		z
			.string()
			.overwrite(tidy)
			.check(({ value, issues }) => {
				const length = [...value].length;
				const issue = { origin: 'string', input: value } as const;
				if (length > most) {
					const message = m.shared_error_too_long({ limit: figure(most) });
					issues.push({ ...issue, code: 'too_big', maximum: most, message });
				} else if (length < least || (least > 0 && !VISIBLE.test(value))) {
					const message = missing?.() ?? tooShort(least, most);
					issues.push({ ...issue, code: 'too_small', minimum: least, message });
				}
			})
			// Read by the test that compares them with the constraints.
			.meta({ least, most })
	);
}

function tooShort(least: number, most: number): string {
	return least === 1
		? m.shared_error_missing()
		: m.shared_error_length({ least: figure(least), most: figure(most) });
}
