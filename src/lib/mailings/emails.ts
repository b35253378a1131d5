import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { attached, calendar, placed, seeRegistration } from '$lib/registrations/emails';
import { dates } from '$lib/platform/text/dates';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';

/** Reminders, news of another date or place, and what organizers write. */
export const emails: Record<string, (facts: EmailFacts) => EmailWords> = {
	reminder: (facts) => ({
		subject: m.mailings_reminder_subject(),
		paragraphs: [placed(facts), m.mailings_reminder_next()],
		action: seeRegistration(facts)
	}),
	forum_changed: (facts) => ({
		subject: m.mailings_changed_subject(),
		paragraphs: [
			m.mailings_changed_text({ forum: name(facts) }),
			m.mailings_changed_before(meeting(facts, 'was_')),
			m.mailings_changed_now(meeting(facts, '')),
			...attached(facts),
			m.mailings_changed_next()
		],
		action: seeRegistration(facts),
		calendar: calendar(facts)
	}),
	from_organizers: (facts) => ({
		subject: facts.subject ?? '',
		paragraphs: [
			...(facts.text ?? '').split('\n').filter((line) => line.trim() !== ''),
			m.mailings_from_organizers({ forum: name(facts) })
		],
		action: seeRegistration(facts)
	})
};

function name(facts: EmailFacts): string {
	return facts[`forum_${getLocale()}`] ?? '';
}

/** Days and place, before or now. The city is said where the place does not name it. */
function meeting(facts: EmailFacts, prefix: '' | 'was_') {
	const first = facts[`${prefix}starts_on`] ?? facts.starts_on ?? '';
	const last = facts[`${prefix}ends_on`] ?? first;
	const place = facts[`${prefix}place_${getLocale()}`] ?? '';
	const city = facts[`${prefix}city`] ?? '';
	const named = place.includes(city) ? place : [place, city].filter(Boolean).join(', ');
	return { day: dates(first, last), place: named };
}
