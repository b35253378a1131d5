/** Names on one paper list that is pasted. */
export const MOST_NAMES = 300;

/** People who came last, or who are found, on one page. */
export const PAGE = 20;

/** Badges or lines of the sign-in sheet on one page. */
export const SHEET = 400;

/** A code as it is read aloud: `4KXM9-T2QWH`. */
export function spelled(code: string): string {
	return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** The names of a pasted list, one a line, without numbers and bullets before them. */
export function namesIn(pasted: string): string[] {
	return pasted
		.split('\n')
		.map((line) => line.replace(/^\s*(\d+\s*[.)]|[-*•·–])\s*/u, '').trim())
		.filter((line) => /\p{L}/u.test(line))
		.map((line) => line.slice(0, 160));
}
