import { pair } from '$lib/platform/text/i18n/pair';

/** The name of a vote with the year it opened in: two votes on one list may have much the same title. */
export function voteName(vote: { title_en: string; title_fr: string; opens_at: string }): string {
	const title = pair(vote, 'title');
	const year = vote.opens_at.slice(0, 4);
	return title.includes(year) ? title : `${title} (${year})`;
}
