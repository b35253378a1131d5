import { first, isIndicative, isShown, tieOf } from '$lib/votes/rules';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { Locale } from '$lib/platform/text/i18n/paraglide/runtime';
import type { Snapshot } from './schema';

/** What a report holds, in characters; the constraints say the same. */
export const LENGTHS = { title: 160, body: 60_000, note: 500 };

/** How far down the list its first ones go; everyone tied at the line is among them. */
const FIRST_RANKS = 3;

export interface Texts {
	title_en: string;
	title_fr: string;
	body_en: string;
	body_fr: string;
}

/**
 * Title and Markdown that an organizer starts from, in the language that is asked for. What the page shows of
 * the forum, its program, its list and its vote is not in it: a reader would meet it twice.
 */
export function draft({ forum }: Snapshot, locale: Locale): { title: string; body: string } {
	const name = forum.name[locale];
	const title = m.reports_draft_title({ forum: name }, { locale });
	const objectives = forum.objectives.map((objective) => `- ${plain(objective[locale])}`);
	const parts = [
		...(objectives.length > 0
			? [`## ${m.reports_draft_objectives({}, { locale })}`, objectives.join('\n')]
			: []),
		`## ${m.reports_draft_heard({}, { locale })}`
	];
	return {
		title: [...title].length > LENGTHS.title ? name : title,
		body: `${parts.join('\n\n')}\n`
	};
}

// A name with a star in it must not become strong words.
function plain(text: string): string {
	return text.replace(/[\\`*_[\]<>#]/g, '\\$&');
}

type Name = keyof Texts;

/** In the order in which an editor meets them. */
export const textNames: Name[] = ['title_en', 'body_en', 'title_fr', 'body_fr'];

/** Which titles and texts are missing. */
export function missing(texts: Texts): Name[] {
	return textNames.filter((name) => texts[name].trim() === '');
}

/** Whether one language can be read: it has a title and a text. */
export function isWhole(texts: Texts, lang: Locale): boolean {
	return texts[`title_${lang}`].trim() !== '' && texts[`body_${lang}`].trim() !== '';
}

/** What a draft still needs before it is published. */
export interface Gaps {
	/** Whether the forum's own page is not published. */
	hidden: boolean;
	/** Votes that are not counted; `closes` is the moment in words. */
	waiting: { vote_id: string; open: boolean; closes: string }[];
	missing: Name[];
	/** Headings with nothing under them. */
	empty: { lang: Locale; heading: string }[];
	/** What the report will say of the vote that it shows. */
	vote: 'few' | 'indicative' | null;
}

/** Whether a report with such gaps is refused, however much it is meant. */
export function isBlocked({ hidden, waiting, missing }: Gaps): boolean {
	const lacks = (lang: Locale) => missing.some((name) => name.endsWith(`_${lang}`));
	return hidden || waiting.length > 0 || (lacks('en') && lacks('fr'));
}

/** Whether a report with such gaps is published only by somebody who has seen them and means it. */
export function hasWarnings({ missing, empty, vote }: Gaps): boolean {
	return missing.length > 0 || empty.length > 0 || vote !== null;
}

/** What the report will have to say of its vote; null when the order is valid, or there was no vote. */
export function warningOf(vote: Snapshot['vote']): Gaps['vote'] {
	if (!vote) return null;
	if (!isShown(vote)) return 'few';
	return isIndicative(vote) ? 'indicative' : null;
}

/** A text in the reader's language, or else in the other: `lang` says which it is. */
export function spoken(texts: Texts, key: 'title' | 'body', locale: Locale) {
	const other = locale === 'fr' ? 'en' : 'fr';
	const lang = texts[`${key}_${locale}`].trim() === '' ? other : locale;
	return { text: texts[`${key}_${lang}`], lang } as { text: string; lang: Locale };
}

type Priority = Snapshot['areas'][number]['priorities'][number];

/** A priority with the name of its area. */
export type Place = Priority & { area: Snapshot['areas'][number]['name'] };

/** The whole list after a vote: by rank, then what no ballot chose, then what was not on the ballot. */
export function byRank({ areas }: Snapshot) {
	const all = areas.flatMap(({ name, priorities }) =>
		priorities.map((priority): Place => ({ ...priority, area: name }))
	);
	const chosen = all
		.flatMap(({ rank, picks, ...place }) =>
			rank !== null && picks ? [{ ...place, rank, picks }] : []
		)
		.sort((a, b) => a.rank - b.rank);
	return {
		ranked: chosen.map((place, index) => ({ ...place, tie: tieOf(chosen, index) })),
		// Where nothing was chosen, a rank would only say how many others were.
		unchosen: all.filter(({ rank, picks }) => rank !== null && !picks),
		unranked: all.filter(({ rank }) => rank === null)
	};
}

/** Whether stars put a priority before another one with the same count. */
export function isOrderedByStars(snapshot: Snapshot): boolean {
	return byRank(snapshot).ranked.some(
		({ picks, rank }, index, all) => all[index - 1]?.picks === picks && all[index - 1]!.rank < rank
	);
}

/** What came first. */
export function firstOf(snapshot: Snapshot) {
	return first(byRank(snapshot).ranked, FIRST_RANKS);
}
