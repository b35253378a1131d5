import { z } from 'zod';
import type { Tables } from '$lib/platform/db/types';
import { date, dayAndHour } from '$lib/platform/text/dates';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import { inWords } from '$lib/platform/text/lists';
import { differenceSchema, type previewSchema } from './schema';
import { labels } from './words';

type Difference = z.output<typeof differenceSchema>;

/** The texts of a session in both languages. */
export type Texts = Record<`${'title' | 'summary' | 'room'}_${'en' | 'fr'}`, string>;

/** What a session lacks in one of the languages before it can be released; as `private.draft_gaps`. */
export function gapsOf(session: Texts): (keyof Texts)[] {
	const least = { title: 2, summary: 1, room: 1 };
	return (['title', 'summary', 'room'] as const).flatMap((name) => {
		const [en, fr] = [`${name}_en`, `${name}_fr`] as const;
		const asked = name === 'title' || session[en] !== '' || session[fr] !== '';
		return [en, fr].filter((field) => asked && [...session[field]].length < least[name]);
	});
}

/** Whether a text changed in one language only: the other may have to follow. */
export function isOneSided(before: Texts, after: Texts): boolean {
	return (['title', 'summary', 'room'] as const).some(
		(name) =>
			(before[`${name}_en`] !== after[`${name}_en`]) !==
			(before[`${name}_fr`] !== after[`${name}_fr`])
	);
}

/** What is missing of a session, by the names of its fields. */
export function missingWords(gaps: string[]): string | null {
	const names = labels() as Record<string, string>;
	return gaps.length > 0 ? inWords(gaps.map((gap) => names[gap] ?? gap)) : null;
}

const others = {
	kind: m.sessions_difference_kind,
	summary_en: m.sessions_difference_summary,
	summary_fr: m.sessions_difference_summary,
	format: m.sessions_difference_format,
	language: m.sessions_difference_language,
	interpretation: m.sessions_difference_interpretation,
	closed_to_government: m.sessions_difference_closed,
	sign_up: m.sessions_difference_sign_up
};

/** How a session differs for readers, in one line. A text that changed in the other language only says nothing here. */
function differenceWords(difference: Difference, zone: string): string {
	const { what, starts_at, was, now } = difference;
	const at = (when: unknown) =>
		typeof when === 'string' ? dayAndHour(when, zone) : m.sessions_edit_untimed();
	const text = (row: Record<string, unknown>, name: string) => {
		const found = row[`${name}_${getLocale()}`];
		return typeof found === 'string' ? found : undefined;
	};
	const session = pair(difference, 'title') || difference.title_en || difference.title_fr;
	if (what === 'added') return m.sessions_difference_added({ session, at: at(starts_at) });
	if (what === 'deleted') return m.sessions_difference_deleted({ session, at: at(starts_at) });
	const parts: string[] = [];
	const before = text(was, 'title');
	if (before !== undefined) parts.push(m.sessions_difference_title({ title: before }));
	if ('starts_at' in now)
		parts.push(m.sessions_difference_start({ at: at(now.starts_at), was: at(was.starts_at) }));
	if ('ends_at' in now && !('starts_at' in now))
		parts.push(m.sessions_difference_end({ at: at(now.ends_at), was: at(was.ends_at) }));
	const room = text(now, 'room');
	if (room !== undefined)
		parts.push(room ? m.sessions_difference_room({ room }) : m.sessions_difference_no_room());
	const also = Object.entries(others).flatMap(([name, words]) => (name in now ? [words()] : []));
	if (also.length > 0)
		parts.push(m.sessions_difference_also({ what: inWords([...new Set(also)]) }));
	if (parts.length === 0) parts.push(m.sessions_difference_texts());
	return m.sessions_difference_changed({ session, changes: parts.join('; ') });
}

/** The version of a program that readers see: its number, when, the organizers' note, and what changed. */
export function releaseView(
	release: Pick<
		Tables<'program_releases'>,
		'number' | 'note_en' | 'note_fr' | 'released_at' | 'changes' | 'since'
	>,
	zone: string
) {
	const lines = (changes: unknown) =>
		z
			.array(differenceSchema)
			.parse(changes)
			.map((change) => differenceWords(change, zone));
	return {
		title: m.sessions_version({ number: release.number, date: date(release.released_at, zone) }),
		note: pair(release, 'note'),
		changes: lines(release.changes),
		since: lines(release.since)
	};
}

/** What a release changes, for the organizer who is about to release it. */
export function previewView(
	{ seen, number, changes, overlaps }: z.output<typeof previewSchema>,
	names: Map<string, string>,
	zone: string
) {
	return {
		seen,
		number,
		changes: changes.map((change) => ({
			id: change.session_id,
			line: differenceWords(change, zone),
			missing: change.missing.length > 0,
			gap: m.sessions_release_gap({
				session: pair(change, 'title') || change.title_en || change.title_fr,
				what: missingWords(change.missing) ?? ''
			}),
			people:
				change.people + change.waiting > 0
					? m.sessions_release_people({ people: change.people, waiting: change.waiting })
					: null
		})),
		overlaps: overlaps.map((overlap) => ({
			id: overlap.signup_id,
			line: m.sessions_release_overlap({
				name: names.get(overlap.signup_id) ?? m.sessions_release_somebody(),
				session: pair(overlap, 'title'),
				stays: pair(overlap, 'stays')
			})
		}))
	};
}
