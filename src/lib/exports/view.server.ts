import { provinceName, sectorName, type Sector } from '$lib/directory/words';
import { GROUPS } from '$lib/needs/rules';
import { needName, questions as needGroups } from '$lib/needs/words';
import { answerLines } from '$lib/questions/words';
import { modeWords, statusWords } from '$lib/registrations/words';
import type { Sheet } from '$lib/platform/files/sheet.server';
import { dayIn, moment } from '$lib/platform/text/dates';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { AnswersFile, Head, NeedsFile, RosterFile } from './schema';

/** What a file says of itself: of which forum, by whom and when it was made, and how to treat it. */
export function aboutFile(head: Head, title: string, warning: string) {
	return {
		title,
		aboutTitle: m.exports_file_about(),
		about: [
			m.exports_file_forum({ title, forum: pair(head, 'name') }),
			m.exports_file_made({ name: head.maker, at: moment(head.made_at, head.time_zone) }),
			warning
		]
	};
}

type Registered = Pick<RosterFile['people'][number], 'status'> &
	Partial<Pick<RosterFile['people'][number], 'over_capacity' | 'position'>>;

function statusOf({ status, over_capacity = false, position = null }: Registered, zone: string) {
	return statusWords({ status, over_capacity, position, silent_since: null, offer: null }, zone);
}

/** Everybody who comes to a forum or waits. */
export function rosterSheet(file: RosterFile, sectors: readonly Sector[]): Sheet {
	const zone = file.time_zone;
	const on = (at: string | null) => at && dayIn(zone, new Date(at));
	return {
		...aboutFile(file, m.exports_roster(), m.exports_file_names()),
		heads: [
			m.exports_head_name(),
			m.exports_head_badge(),
			m.exports_head_email(),
			m.exports_head_organization(),
			m.exports_head_sector(),
			m.registrations_province(),
			m.exports_head_language(),
			m.registrations_roster_mode(),
			m.exports_head_status(),
			m.exports_head_registered(),
			m.exports_head_confirmed()
		],
		rows: file.people.map((one) => [
			one.name,
			one.badge_name,
			one.email,
			one.organization_name,
			sectorName(sectors, one.sector),
			provinceName(one.province),
			one.language === 'fr' ? m.exports_french() : m.exports_english(),
			modeWords(one.mode),
			statusOf(one, zone),
			on(one.joined_at),
			on(one.confirmed_at)
		])
	};
}

/** What everybody answered, a column for each question. */
export function answersSheet(file: AnswersFile): Sheet {
	const questions = file.questions.map((it) => ({
		...it,
		help_en: '',
		help_fr: '',
		required: false
	}));
	return {
		...aboutFile(file, m.exports_answers(), m.exports_file_names()),
		heads: [
			m.exports_head_name(),
			m.exports_head_email(),
			m.exports_head_organization(),
			m.exports_head_status(),
			...questions.map((question) => pair(question, 'text'))
		],
		rows: file.people.map(({ answers, ...one }) => [
			one.name,
			one.email,
			one.organization_name,
			one.status === 'waitlisted'
				? m.registrations_status_waiting()
				: statusOf(one, file.time_zone),
			...questions.map((question) => {
				const given = answers[question.question_id];
				const said = given?.text === null ? given.chosen.map(String) : [given?.text ?? ''];
				return answerLines(question, said).join('; ');
			})
		])
	};
}

/** What everybody needs, a column for each group of needs. */
export function needsSheet(file: NeedsFile): Sheet {
	const groups = needGroups();
	return {
		...aboutFile(file, m.exports_needs(), m.exports_file_needs()),
		heads: [
			m.exports_head_name(),
			m.registrations_roster_mode(),
			m.exports_head_status(),
			...groups.map(({ legend }) => legend),
			m.exports_head_other_language(),
			m.exports_head_phone(),
			m.exports_head_words()
		],
		rows: file.people.map((one) => [
			one.name,
			modeWords(one.mode),
			one.status === 'waitlisted'
				? m.registrations_status_waiting()
				: statusOf(one, file.time_zone),
			...groups.map(({ name }) =>
				one.kinds
					.filter((kind) => (GROUPS[name] as readonly string[]).includes(kind))
					.map(needName)
					.join('; ')
			),
			one.other_language,
			one.phone,
			one.words
		])
	};
}
