import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale, type Locale } from '$lib/platform/text/i18n/paraglide/runtime';
import type { CommitteeName } from './schema';
import { pair } from '$lib/platform/text/i18n/pair';
import { inWords } from '$lib/platform/text/lists';

/** "2 threads have new posts.", or that none has; said of the threads on one page. */
export function newsSentence(threads: { unread: number | null }[]): string {
	const count = threads.filter(({ unread }) => (unread ?? 0) > 0).length;
	return count > 0 ? m.threads_with_news({ count }) : m.threads_no_news();
}

/** "A and B", "A et B": committees by their names. */
export function committeeNames(committees: CommitteeName[]): string {
	return inWords(committees.map((committee) => pair(committee, 'name')));
}

/** The language of a text, when it is not the page's: for `lang`. */
export function foreign(language: Locale): Locale | undefined {
	return language === getLocale() ? undefined : language;
}

/** "Written in French", or nothing for the page's own language. */
export function writtenIn(language: Locale): string {
	if (!foreign(language)) return '';
	return language === 'fr' ? m.threads_written_fr() : m.threads_written_en();
}
