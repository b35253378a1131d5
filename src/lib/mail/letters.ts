import type { Enums } from '$lib/shared/database.types';
import { day } from '$lib/shared/dates';
import { link } from '$lib/shared/i18n/link';
import { m } from '$lib/shared/i18n/paraglide/messages';
import { getLocale } from '$lib/shared/i18n/paraglide/runtime';

/** The words of one letter. A code stands alone on its line; the link is a path of this site. */
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
 * Every letter of the house, by kind. A letter says what happened and no more: for what is private it says where to read it.
 * Subjects are words of ours alone. They name neither the forum nor what the network works on, because
 * other people see lists of letters and previews on locked screens, and because at the first letter nobody
 * has been asked yet how discreet to be; whoever registered still knows them again. Nor do they hold
 * the code, which would let in whoever sees the preview.
 */
export const letters: Record<Enums<'letter_kind'>, (facts: Facts) => Words> = {
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
				place: String(facts.place_in_line)
			}),
			m.mail_registration_quiet(),
			m.mail_registration_waitlisted_next()
		],
		action: { text: m.mail_registration_action(), path: forumLink(facts) }
	}),
	place_given: (facts) => ({
		subject: m.mail_place_given_subject(),
		paragraphs: [placed(facts), m.mail_place_given_next()],
		action: { text: m.mail_registration_action(), path: forumLink(facts) }
	}),
	registration_withdrawn: (facts) => ({
		subject: m.mail_registration_withdrawn_subject(),
		paragraphs: [
			m.mail_registration_withdrawn_text({ forum: name(facts) }),
			m.mail_registration_withdrawn_next()
		],
		action: { text: m.mail_registration_action(), path: forumLink(facts) }
	})
};
