import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { dates } from '$lib/platform/text/dates';
import { link } from '$lib/platform/text/i18n/link';
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
		paragraphs: [placed(facts), m.registrations_email_quiet(), m.registrations_email_next()],
		action: seeRegistration(facts)
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
	spot_given: (facts) => ({
		subject: m.registrations_email_spot_given_subject(),
		paragraphs: [placed(facts), m.registrations_email_spot_given_next()],
		action: seeRegistration(facts)
	}),
	registration_cancelled: (facts) => ({
		subject: m.registrations_email_cancelled_subject(),
		paragraphs: [
			m.registrations_email_cancelled_text({ forum: name(facts) }),
			m.registrations_email_cancelled_next()
		],
		action: seeRegistration(facts)
	}),
	forum_cancelled: (facts) => ({
		subject: m.registrations_email_forum_cancelled_subject(),
		paragraphs: [
			m.registrations_email_forum_cancelled_text({ forum: name(facts), day: days(facts) }),
			m.registrations_email_forum_cancelled_next()
		],
		action: {
			text: m.registrations_email_forum_cancelled_action(),
			path: link(`/forums/${facts.slug}`)
		}
	})
};

function name(facts: EmailFacts): string {
	return facts[`forum_${getLocale()}`] ?? '';
}

function days({ starts_on = '', ends_on = starts_on }: EmailFacts): string {
	return dates(starts_on, ends_on);
}

function seeRegistration({ slug }: EmailFacts) {
	return { text: m.registrations_email_action(), path: link(`/forums/${slug}/registration`) };
}

// The same sentence whether the spot was free from the start or came free later.
function placed(facts: EmailFacts): string {
	const known = { forum: name(facts), day: days(facts) };
	return facts.mode === 'online'
		? m.registrations_email_confirmed_online(known)
		: m.registrations_email_confirmed_in_person({
				...known,
				// The place of a hybrid forum also says that it is online.
				place: facts.city ?? facts[`place_${getLocale()}`] ?? ''
			});
}
