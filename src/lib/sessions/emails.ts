import { z } from 'zod';
import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { moment } from '$lib/platform/text/dates';
import { link } from '$lib/platform/text/i18n/link';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import { personChangeSchema } from './schema';

type Change = z.output<typeof personChangeSchema>;

/** The emails about sessions. Subjects name neither the forum nor the session, as those about registrations. */
export const emails: Record<string, (facts: EmailFacts) => EmailWords> = {
	session_spot_offered: (facts) => {
		const { starts_at = '', until = '', zone, slug, session_id } = facts;
		return {
			subject: m.sessions_email_offered_subject(),
			paragraphs: [
				m.sessions_email_offered_text({
					session: facts[`session_${getLocale()}`] ?? '',
					forum: facts[`forum_${getLocale()}`] ?? ''
				}),
				...(starts_at ? [m.sessions_email_offered_when({ at: moment(starts_at, zone) })] : []),
				m.sessions_email_offered_until({ until: moment(until, zone) }),
				m.sessions_email_offered_next()
			],
			action: {
				text: m.sessions_email_offered_action(),
				path: `${link(`/forums/${slug}/program`)}#s-${session_id}`
			}
		};
	},
	sessions_changed: (facts) => {
		const changes = z.array(personChangeSchema).parse(facts.changes);
		const lost = changes.some(({ what }) => what !== 'moved');
		return {
			subject: m.sessions_email_changed_subject(),
			paragraphs: [
				m.sessions_email_changed_text({ forum: facts[`forum_${getLocale()}`] ?? '' }),
				...changes.map((change) =>
					[`${changeTitle(change)}.`, ...changeLines(change, facts.zone)].join(' ')
				),
				m.sessions_email_changed_stays(),
				...(lost ? [m.sessions_email_changed_next()] : [])
			],
			action: {
				text: lost ? m.sessions_change_choose() : m.sessions_change_see(),
				path: link(`/forums/${facts.slug}/program`)
			}
		};
	}
};

/** What became of a session that a person chose, without a full stop. */
export function changeTitle(change: Change): string {
	const session = pair(change, 'title');
	if (change.what === 'deleted') return m.sessions_change_deleted({ session });
	if (change.what === 'moved') return m.sessions_change_moved({ session });
	return change.waited ? m.sessions_change_left({ session }) : m.sessions_change_ended({ session });
}

/** When and where the session was and is, and why a spot ended: a sentence each. */
export function changeLines(change: Change, zone = 'America/Toronto'): string[] {
	const { was_starts_at, starts_at, what } = change;
	const lines: string[] = [];
	const isLater = starts_at !== null && was_starts_at !== starts_at;
	if (what !== 'deleted' && isLater) {
		lines.push(m.sessions_change_now({ at: moment(starts_at, zone) }));
		if (was_starts_at) lines.push(m.sessions_change_before({ at: moment(was_starts_at, zone) }));
	}
	if (what === 'deleted' && was_starts_at)
		lines.push(m.sessions_change_planned({ at: moment(was_starts_at, zone) }));
	const room = pair(change, 'room') ?? '';
	if (what === 'moved' && pair(change, 'was_room') !== room)
		lines.push(room ? m.sessions_change_room({ room }) : m.sessions_change_no_room());
	const stays = change.stays_en !== undefined && pair(change as Required<Change>, 'stays');
	if (stays) lines.push(m.sessions_change_stays({ session: stays }));
	return lines;
}
