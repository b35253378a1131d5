import type { Enums, Tables } from '$lib/platform/db/types';
import { blocksOf } from './rules';
import { dates, day, dayAndHour, hour, moment, period, zoneName } from '$lib/platform/text/dates';
import type { CalendarEntry } from '$lib/platform/text/calendar';
import { link } from '$lib/platform/text/i18n/link';
import { pair } from '$lib/platform/text/i18n/pair';
import { localIn } from '$lib/platform/text/days';
import { inWords } from '$lib/platform/text/lists';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';

type Session = Pick<
	Tables<'sessions'>,
	'kind' | 'room_en' | 'room_fr' | 'format' | 'language' | 'interpretation'
>;

type Titles = Pick<Tables<'sessions'>, 'title_en' | 'title_fr'>;

const kinds: Record<Session['kind'], () => string> = {
	orientation: m.sessions_kind_orientation,
	plenary: m.sessions_kind_plenary,
	panel: m.sessions_kind_panel,
	roundtable: m.sessions_kind_roundtable,
	exchange: m.sessions_kind_exchange,
	breakout: m.sessions_kind_breakout,
	workshop: m.sessions_kind_workshop,
	session: () => ''
};
const languages: Record<NonNullable<Session['language']>, () => string> = {
	en: m.sessions_language_en,
	fr: m.sessions_language_fr,
	bilingual: m.sessions_language_bilingual
};
const interpretations: Record<NonNullable<Session['interpretation']>, () => string> = {
	simultaneous: m.sessions_interpretation_simultaneous,
	on_request: m.sessions_interpretation_on_request
};
const interpreted = {
	simultaneous: {
		en: m.sessions_interpreted_en,
		fr: m.sessions_interpreted_fr,
		bilingual: m.sessions_interpreted_bilingual
	},
	on_request: {
		en: m.sessions_interpreted_en_on_request,
		fr: m.sessions_interpreted_fr_on_request,
		bilingual: m.sessions_interpreted_bilingual_on_request
	}
};

/** "1:15 p.m. to 2:30 p.m.", "13 h 15 à 14 h 30", in the forum's zone. */
export function hours(
	{ starts_at, ends_at }: { starts_at: string; ends_at: string },
	zone: string
) {
	return m.sessions_hours({ from: hour(starts_at, zone), to: hour(ends_at, zone) });
}

/** "Still free: 1:15 p.m. and 2:45 p.m.", with the day when there are several; without a full stop: hours end in one. */
export function stillFree(times: string[], zone: string): string {
	const days = new Set(times.map((at) => localIn(zone, at).slice(0, 10)));
	const named = (at: string) => (days.size > 1 ? dayAndHour(at, zone) : hour(at, zone));
	const hours = [...new Set(times.map(named))];
	return m.sessions_still_free({ hours: inWords(hours), zone: zoneName(zone) });
}

/** The sessions for which somebody waits, each in a line that leads to it; a late offer has left the line. */
export function waitLines(
	waits: ({ session_id: string; offered_until: string | null } & Titles)[],
	{ slug, time_zone }: { slug: string; time_zone: string },
	now = new Date()
) {
	return waits
		.filter(({ offered_until: until }) => !until || new Date(until) > now)
		.map(({ session_id, offered_until: until, ...session }) => ({
			id: session_id,
			title: pair(session, 'title'),
			text: until
				? m.sessions_waits_offered({ until: moment(until, time_zone) })
				: m.sessions_waits_waiting(),
			href: `${link(`/forums/${slug}/program`)}#s-${session_id}`
		}));
}

/** When a forum is: with the hours of its program, once they are known, and their zone. */
export function whenOf(
	forum: Pick<Tables<'forums'>, 'starts_on' | 'ends_on' | 'date_precision' | 'time_zone'>,
	sessions: { starts_at: string | null; ends_at: string | null }[]
): string {
	const { starts_on, ends_on, time_zone: zone } = forum;
	const { blocks } = blocksOf(sessions);
	const [first, last] = [blocks[0], blocks.at(-1)];
	if (!first || !last) return dates(starts_on, ends_on, forum.date_precision);
	const span = { starts_at: first.starts_at, ends_at: last.ends_at };
	const days = [span.starts_at, span.ends_at].map((at) => localIn(zone, at).slice(0, 10));
	if (days[0] !== days[1]) return period(span.starts_at, span.ends_at, zone);
	return m.shared_moment({
		at: m.shared_short({ day: day(span.starts_at, zone), hour: hours(span, zone) }),
		zone: zoneName(zone)
	});
}

/** Whether a session is held in the language that the reader does not read here. */
export function isOther(language: Session['language']): boolean {
	return language === (getLocale() === 'fr' ? 'en' : 'fr');
}

/** Into which language a session is interpreted, or nothing. */
function interpretedWords({ language, interpretation }: Session): string | null {
	if (!interpretation) return null;
	return language ? interpreted[interpretation][language]() : interpretations[interpretation]();
}

/**
 * What kind of session, where, in which language: the parts of one line, without what is not known,
 * says nothing, or is beside the title as a tag.
 */
export function factsOf(session: Session): string[] {
	const { language } = session;
	const spoken = [
		language && !isOther(language) && languages[language](),
		interpretedWords(session)
	];
	return [kinds[session.kind](), whereOf(session), spoken.filter(Boolean).join(', ')].filter(
		Boolean
	);
}

/** Where somebody who takes part in this way finds a session they chose. */
export function placeOf(
	session: Pick<Session, 'room_en' | 'room_fr' | 'format'>,
	mode: Enums<'mode'>
): string {
	const isRoom = mode === 'in_person' || session.format === 'online';
	return (isRoom && pair(session, 'room')) || (isRoom ? '' : m.sessions_where_online());
}

type Chosen = Pick<
	Tables<'sessions'>,
	| 'session_id'
	| 'title_en'
	| 'title_fr'
	| 'room_en'
	| 'room_fr'
	| 'format'
	| 'starts_at'
	| 'ends_at'
	| 'version'
>;

/** The sessions that somebody chose, for their calendar: those with hours. */
export function calendarEntries(
	chosen: Chosen[],
	{ registration_id, mode }: { registration_id: string; mode: Enums<'mode'> }
): CalendarEntry[] {
	return chosen.flatMap(({ starts_at: starts, ends_at: ends, ...session }) => {
		if (!starts || !ends) return [];
		return {
			// Two people's entries in one calendar are two.
			uid: `${registration_id}-${session.session_id}`,
			sequence: session.version,
			title: pair(session, 'title'),
			place: placeOf(session, mode),
			time: { starts, ends }
		};
	});
}

function whereOf(session: Session): string {
	const room = pair(session, 'room');
	switch (session.format) {
		case 'hybrid':
			return room && m.sessions_room_hybrid({ room });
		case 'in_person':
			return [room, m.sessions_format_in_person()].filter(Boolean).join(', ');
		case 'online':
			return [room, m.sessions_format_online()].filter(Boolean).join(', ');
		case null:
			return room;
	}
}

/** What the form of a session asks, by field. */
export function labels() {
	return {
		kind: m.sessions_field_kind(),
		title_en: m.sessions_field_title_en(),
		title_fr: m.sessions_field_title_fr(),
		summary_en: m.sessions_field_summary_en(),
		summary_fr: m.sessions_field_summary_fr(),
		starts_at: m.sessions_field_starts_at(),
		ends_at: m.sessions_field_ends_at(),
		room_en: m.sessions_field_room_en(),
		room_fr: m.sessions_field_room_fr(),
		format: m.sessions_field_format(),
		language: m.sessions_field_language(),
		interpretation: m.sessions_field_interpretation(),
		capacity: m.sessions_field_capacity()
	};
}

/** The lists of the form of a session, for selects. */
export function choices() {
	const from = <Value extends string>(words: Record<Value, () => string>) =>
		(Object.keys(words) as Value[]).map((value) => ({ value, label: upper(words[value]()) }));
	return {
		kind: from({ ...kinds, session: m.sessions_kind_session }),
		language: from(languages),
		interpretation: from(interpretations)
	};
}

function upper(words: string): string {
	return words.charAt(0).toLocaleUpperCase(getLocale()) + words.slice(1);
}
