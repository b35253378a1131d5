import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import type { CalendarEntry } from '$lib/platform/text/calendar';
import { dates, moment } from '$lib/platform/text/dates';
import type { Tables } from '$lib/platform/db/types';
import { link } from '$lib/platform/text/i18n/link';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';

/**
 * The emails about a registration: what happened and no more.
 * Subjects name neither the forum nor what the network works on. Other people see lists of emails
 * and previews on locked screens, and at the first email nobody has been asked how discreet to be.
 */
export const emails: Record<string, (facts: EmailFacts) => EmailWords> = {
	registration_confirmed: (facts) => ({
		subject: m.registrations_email_confirmed_subject(),
		paragraphs: [
			placed(facts),
			...attached(facts),
			m.registrations_email_quiet(),
			m.registrations_email_next()
		],
		action: seeRegistration(facts),
		calendar: calendar(facts)
	}),
	registration_waitlisted: (facts) => ({
		subject: m.registrations_email_waitlisted_subject(),
		paragraphs: [
			m.registrations_email_waitlisted_text({
				forum: name(facts),
				place: String(facts.waitlist_position)
			}),
			m.registrations_email_quiet(),
			m.registrations_email_waitlisted_next()
		],
		action: seeRegistration(facts)
	}),
	registration_pending: (facts) => ({
		subject: m.registrations_email_pending_subject(),
		paragraphs: [m.registrations_email_pending_text(known(facts)), m.registrations_email_quiet()],
		action: seeRegistration(facts)
	}),
	registration_refused: (facts) => ({
		subject: m.registrations_email_refused_subject(),
		paragraphs: [
			m.registrations_email_refused_text({ forum: name(facts) }),
			...because(facts),
			m.registrations_email_refused_next()
		],
		action: seeRegistration(facts)
	}),
	registration_cancelled: (facts) => ({
		subject: m.registrations_email_cancelled_subject(),
		paragraphs: [
			m.registrations_email_cancelled_text({ forum: name(facts) }),
			m.registrations_email_cancelled_next()
		],
		action: seeRegistration(facts),
		calendar: calendar(facts)
	}),
	registration_cancelled_by_organizer: (facts) => ({
		subject: m.registrations_email_cancelled_subject(),
		paragraphs: [
			m.registrations_email_cancelled_by_organizer_text({ forum: name(facts) }),
			...because(facts),
			m.registrations_email_refused_next()
		],
		action: seeRegistration(facts),
		calendar: calendar(facts)
	}),
	spot_offered: (facts) => ({
		subject: m.registrations_email_offered_subject(),
		paragraphs: [
			m.registrations_email_offered_text(known(facts)),
			m.registrations_email_offered_until({ until: until(facts) }),
			m.registrations_email_offered_next()
		],
		action: seeRegistration(facts)
	}),
	offer_expired: (facts) => ({
		subject: m.registrations_email_expired_subject(),
		paragraphs: [
			m.registrations_email_expired_text({ forum: name(facts) }),
			m.registrations_email_expired_next()
		],
		action: seeRegistration(facts)
	}),
	last_call: (facts) => ({
		subject: m.registrations_email_last_call_subject(),
		paragraphs: [
			m.registrations_email_last_call_text(known(facts)),
			m.registrations_email_last_call_next()
		],
		action: seeRegistration(facts)
	}),
	hand_over: (facts) => ({
		discreet: m.registrations_email_discreet_invited(),
		subject: m.registrations_email_hand_over_subject(),
		paragraphs: [
			m.registrations_email_hand_over_text(known(facts)),
			m.registrations_email_hand_over_next()
		],
		action: seeForum(facts)
	}),
	handed_over: (facts) => ({
		subject: m.registrations_email_handed_over_subject(),
		paragraphs: [m.registrations_email_handed_over_text({ forum: name(facts) })],
		action: seeRegistration(facts),
		calendar: calendar(facts)
	}),
	invited: (facts) => ({
		discreet: m.registrations_email_discreet_invited(),
		subject: m.registrations_email_invited_subject(),
		paragraphs: [
			m.registrations_email_invited_text(known(facts)),
			m.registrations_email_invited_next({ until: until(facts) })
		],
		action: seeForum(facts)
	}),
	forum_cancelled: (facts) => ({
		subject: m.registrations_email_forum_cancelled_subject(),
		paragraphs: [
			m.registrations_email_forum_cancelled_text(known(facts)),
			m.registrations_email_forum_cancelled_next()
		],
		action: {
			text: m.registrations_email_forum_cancelled_action(),
			path: link(`/forums/${facts.slug}`)
		},
		calendar: calendar(facts)
	}),
	forum_reopened: (facts) => ({
		subject: m.registrations_email_forum_reopened_subject(),
		paragraphs: [
			m.registrations_email_forum_reopened_text(known(facts)),
			m.registrations_email_forum_reopened_next()
		],
		action: seeRegistration(facts),
		calendar: calendar(facts)
	})
};

function name(facts: EmailFacts): string {
	return facts[`forum_${getLocale()}`] ?? '';
}

function known(facts: EmailFacts) {
	const { starts_on = '', ends_on = starts_on } = facts;
	return { forum: name(facts), day: dates(starts_on, ends_on) };
}

function until({ until = '', zone }: EmailFacts): string {
	return moment(until, zone);
}

function because({ reason }: EmailFacts): string[] {
	return reason ? [m.registrations_email_reason({ reason })] : [];
}

/** The link to one's own registration. */
export function seeRegistration({ slug }: EmailFacts) {
	return { text: m.registrations_email_action(), path: link(`/forums/${slug}/registration`) };
}

function seeForum({ slug }: EmailFacts) {
	return { text: m.registrations_email_register(), path: link(`/forums/${slug}`) };
}

/** What becomes of the entry in the reader's calendar, as the database numbered it. */
export function calendar(facts: EmailFacts): EmailWords['calendar'] {
	const { calendar: method, starts_on = '', ends_on = starts_on } = facts;
	if (method !== 'REQUEST' && method !== 'CANCEL') return undefined;
	const { registration_id = '', calendar_sequence, mode = '' } = facts;
	const { forum_en: name_en = '', forum_fr: name_fr = '', place_en = '', place_fr = '' } = facts;
	const version = { registration_id, calendar_sequence: Number(calendar_sequence), mode };
	const forum = { name_en, name_fr, place_en, place_fr, starts_on, ends_on };
	return { method, entry: calendarEntry(forum, version) };
}

type Meeting = Pick<
	Tables<'forums'>,
	'name_en' | 'name_fr' | 'place_en' | 'place_fr' | 'starts_on' | 'ends_on'
>;

/** A forum in the calendar of somebody who is confirmed; whole days, since a forum has no hours of its own. */
export function calendarEntry(
	forum: Meeting,
	version: { registration_id: string; calendar_sequence: number; mode: string }
): CalendarEntry {
	return {
		uid: version.registration_id,
		sequence: version.calendar_sequence,
		title: pair(forum, 'name'),
		place: version.mode === 'online' ? m.registrations_mode_online() : pair(forum, 'place'),
		time: { firstDay: forum.starts_on, lastDay: forum.ends_on }
	};
}

/** The same entry with nothing but its days, for somebody who asked for discretion. */
export function discreetEntry({ uid, sequence, time }: CalendarEntry): CalendarEntry {
	return { uid, sequence, title: m.registrations_calendar_discreet(), time };
}

/** That a file for the calendar is attached, where one is. */
export function attached({ calendar }: EmailFacts): string[] {
	return calendar ? [m.registrations_email_calendar()] : [];
}

// The same sentence whether the spot was free from the start or came free later.
/** How, when and where somebody takes part. */
export function placed(facts: EmailFacts): string {
	return facts.mode === 'online'
		? m.registrations_email_confirmed_online(known(facts))
		: m.registrations_email_confirmed_in_person({
				...known(facts),
				// The place of a hybrid forum also says that it is online.
				place: facts.city ?? facts[`place_${getLocale()}`] ?? ''
			});
}
