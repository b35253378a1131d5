import { partialDate, type Precision } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale, type Locale } from '$lib/platform/text/i18n/paraglide/runtime';
import type { SessionKind, Snapshot } from './schema';

type Noun = (inputs: { count: number }, options: { locale?: Locale }) => string;

// In the order in which a day goes.
const nouns: Record<SessionKind, Noun> = {
	orientation: m.reports_kind_orientation,
	plenary: m.reports_kind_plenary,
	session: m.reports_kind_session,
	panel: m.reports_kind_panel,
	exchange: m.reports_kind_exchange,
	roundtable: m.reports_kind_roundtable,
	breakout: m.reports_kind_breakout,
	workshop: m.reports_kind_workshop
};

export interface Kind {
	kind: SessionKind;
	/** "Breakouts", in the number that there were. */
	name: string;
	titles: string[];
}

/** The program by kind of session, each with its titles in the order of the day. */
export function program(sessions: Snapshot['sessions'], locale: Locale = getLocale()): Kind[] {
	return (Object.keys(nouns) as SessionKind[])
		.map((kind) => ({
			kind,
			titles: sessions.filter((session) => session.kind === kind).map(({ title }) => title[locale])
		}))
		.filter(({ titles }) => titles.length > 0)
		.map((group) => ({
			...group,
			name: nouns[group.kind]({ count: group.titles.length }, { locale })
		}));
}

/** When a report was published, as far as that is known. */
export function publishedSentence(at: string, precision: Precision | null): string {
	if (precision === null) return m.reports_locked_undated();
	const date = partialDate(at, precision);
	return precision === 'day' ? m.reports_locked({ date }) : m.reports_locked_in({ date });
}
