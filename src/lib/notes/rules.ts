/** What people may write, in characters; the constraints say the same. */
export const LENGTHS = {
	answer: 4000,
	finding: 1000,
	recommendation: 1000,
	theme: 160,
	prompts: 1000,
	passage: 1000
};

/** How many empty pairs a form shows after the last one that is filled in. */
const EMPTY_PAIRS = 2;

/** A part of notes: the text to a prompt, or a pair, whose body is the finding. */
export interface Part {
	key: string;
	version: number;
	body: string;
	recommendation: string;
}

type Texts = Record<string, string[] | undefined>;

/** What a form sent, part by part; a part without a version is none of the form's. */
export function partsOf(sent: {
	version: Record<string, number[] | undefined>;
	body: Texts;
	recommendation: Texts;
}): Part[] {
	return Object.entries(sent.version).map(([key, version]) => ({
		key,
		version: version?.[0] ?? 0,
		body: sent.body[key]?.[0] ?? '',
		recommendation: sent.recommendation[key]?.[0] ?? ''
	}));
}

/** Whether a part has a finding and a recommendation, and not one text to a prompt. */
export function isPair({ key }: { key: string }): boolean {
	return key.length > 1;
}

/** How many of the pairs that are not written yet a form shows. */
export function shownBlanks(blanks: string[], isFilled: (key: string) => boolean): number {
	return Math.min(blanks.length, blanks.findLastIndex(isFilled) + 1 + EMPTY_PAIRS);
}

/** In how many sessions something was heard. */
export function heardIn(pairs: { session_id: string }[]): number {
	return new Set(pairs.map(({ session_id }) => session_id)).size;
}

/** One text for a report from the pairs of a theme, in one language; what was said in the other one is left out. */
export function draftOf(
	pairs: { language: string; finding: string; recommendation: string }[],
	language: 'en' | 'fr'
): string {
	return pairs
		.filter((pair) => pair.language === language)
		.map(({ finding, recommendation }) => [finding, recommendation].filter(Boolean).join('\n'))
		.join('\n\n');
}

/** A text with a paragraph at its end; twice, it has it once. */
export function withParagraph(text: string, paragraph: string): string {
	if (paragraph === '' || text.includes(paragraph)) return text;
	return [text.trimEnd(), paragraph].filter(Boolean).join('\n\n');
}
