import type { Enums } from '$lib/platform/db/types';
import { day } from '$lib/platform/text/dates';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';

/** The words of one email. A code stands alone on its line; the link is a path of this site. */
export interface Words {
	subject: string;
	paragraphs: string[];
	code?: string;
	action?: { text: string; path: string };
}

type Facts = Record<string, string>;

const name = (facts: Facts) => facts[`forum_${getLocale()}`] ?? '';
const place = (facts: Facts) => facts[`place_${getLocale()}`] ?? '';
const forumLink = (facts: Facts) => link(`/forums/${facts.slug}/registration`);

function signIn({ code = '', token_hash = '', type = '' }: Facts, paragraphs: string[]): Words {
	const query = new URLSearchParams({ token_hash, type });
	return {
		subject: m.mail_sign_in_subject(),
		paragraphs,
		code,
		action: { text: m.mail_sign_in_action(), path: `${link('/sign-in/link')}?${query}` }
	};
}

// The same sentence whether the place was free at once or came free later.
function placed(facts: Facts): string {
	const known = { forum: name(facts), day: day(facts.starts_on ?? '') };
	return facts.mode === 'online'
		? m.mail_registration_confirmed_online(known)
		: m.mail_registration_confirmed_in_person({ ...known, place: place(facts) });
}

/**
 * Every email of the house, by kind. A email says what happened and no more: for what is private it says where to read it.
 * Subjects are words of ours alone. They name neither the forum nor what the network works on, because
 * other people see lists of emails and previews on locked screens, and because at the first email nobody
 * has been asked yet how discreet to be; whoever registered still knows them again. Nor do they hold
 * the code, which would let in whoever sees the preview.
 */
export const emails: Record<Enums<'email_kind'>, (facts: Facts) => Words> = {
	confirm_address: (facts) =>
		signIn(facts, [m.mail_confirm_address_text(), m.mail_sign_in_unasked()]),
	sign_in: (facts) => signIn(facts, [m.mail_sign_in_text(), m.mail_sign_in_unasked()]),
	registration_confirmed: (facts) => ({
		subject: m.mail_registration_confirmed_subject(),
		paragraphs: [placed(facts), m.mail_registration_quiet(), m.mail_registration_next()],
		action: { text: m.mail_registration_action(), path: forumLink(facts) }
	}),
	registration_waitlisted: (facts) => ({
		subject: m.mail_registration_waitlisted_subject(),
		paragraphs: [
			m.mail_registration_waitlisted_text({
				forum: name(facts),
				place: String(facts.waitlist_position)
			}),
			m.mail_registration_quiet(),
			m.mail_registration_waitlisted_next()
		],
		action: { text: m.mail_registration_action(), path: forumLink(facts) }
	}),
	spot_given: (facts) => ({
		subject: m.mail_spot_given_subject(),
		paragraphs: [placed(facts), m.mail_spot_given_next()],
		action: { text: m.mail_registration_action(), path: forumLink(facts) }
	}),
	registration_cancelled: (facts) => ({
		subject: m.mail_registration_cancelled_subject(),
		paragraphs: [
			m.mail_registration_cancelled_text({ forum: name(facts) }),
			m.mail_registration_cancelled_next()
		],
		action: { text: m.mail_registration_action(), path: forumLink(facts) }
	})
};
