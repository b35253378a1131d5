// What Canadian typography asks of a sentence on screen, as far as a machine can see it. NO-BREAK
// SPACE is U+00A0; the narrow one is refused too, since half of the old phones draw it as a box.

type Fault = [pattern: RegExp, says: string];

const both: Fault[] = [
	[/'/, 'straight apostrophe'],
	[/"/, 'straight quotation mark'],
	[/!/, 'exclamation mark'],
	[/\.\.\./, 'three dots for an ellipsis'],
	[/ - /, 'hyphen for a dash'],
	[/ {2}|^\s|\s$/, 'stray space'],
	[/\s[;?]/u, 'space before ; or ?'],
	[/\u202f/, 'narrow no-break space']
];

const english: Fault[] = [
	...both,
	[/\s:/u, 'space before a colon'],
	[/[«»]/, 'guillemets'],
	[/[\d}]\s%/u, 'space before %']
];

const french: Fault[] = [
	...both,
	// A colon inside a word (kanien’kehá:ka) or an address is no punctuation.
	[/(?<!\u00a0):(?![\p{L}\d/])/u, 'no no-break space before a colon'],
	[/«(?!\u00a0)/, 'no no-break space after «'],
	[/(?<!\u00a0)»/, 'no no-break space before »'],
	[/(?<=[\d} ])(?<!\u00a0)[%$]/, 'no no-break space before % or $'],
	[/\d:\d/, 'hour with a colon: 18 h 30'],
	[/[\d}] h\b|\bh [\d{]/, 'hour with a breaking space'],
	[/\d \d{3}\b/, 'thousands with a breaking space'],
	[/^[^«]*[“”]/, 'English quotation marks outside of « »']
];

/** The faults of a sentence, in words; none when it is well set. */
export function faults(language: 'en' | 'fr', sentence: string): string[] {
	return (language === 'fr' ? french : english)
		.filter(([pattern]) => pattern.test(sentence))
		.map(([, says]) => says);
}
