/**
 * A name or a title as one visible line, as `private.one_line` in the database makes it: line ends
 * become spaces; controls, marks of direction and what has no width go, since they would turn the text
 * beside them around or pass for another name; blanks at the ends go. Joiners stay within: scripts need them. Takes time in proportion to the text.
 */
export function oneLine(text: string): string {
	return text
		.replaceAll(/[\t-\r\u0085\u2028\u2029]+/g, ' ')
		.replaceAll(
			/[\p{Cc}\p{Bidi_Control}\u00ad\u115f\u1160\u3164\uffa0\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb]/gu,
			''
		)
		.replaceAll(
			/^[\s\p{Join_Control}\u2800]+|(?<![\s\p{Join_Control}\u2800])[\s\p{Join_Control}\u2800]+$/gu,
			''
		);
}
