import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

/** The emails of sign-in. Subjects hold no code, because anybody who sees a preview could sign in with it. */
export const emails: Record<string, (facts: EmailFacts) => EmailWords> = {
	confirm_address: (facts) => signIn(facts, m.people_email_confirm_address_text()),
	sign_in: (facts) => signIn(facts, m.people_email_sign_in_text())
};

function signIn(facts: EmailFacts, text: string): EmailWords {
	const { code = '', token_hash = '', type = '', next = '' } = facts;
	const query = new URLSearchParams({ token_hash, type, ...(next && { next }) });
	return {
		subject: m.people_email_sign_in_subject(),
		paragraphs: [text, m.people_email_sign_in_unasked()],
		code,
		action: { text: m.people_email_sign_in_action(), path: `${link('/sign-in/link')}?${query}` }
	};
}
