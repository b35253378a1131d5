import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { moment } from '$lib/platform/text/dates';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';

/** The one email about notes. Its subject names neither the forum nor the session. */
export const emails: Record<string, (facts: EmailFacts) => EmailWords> = {
	confirmation_asked: (facts) => ({
		subject: m.confirmations_email_subject(),
		paragraphs: [
			m.confirmations_email_text({
				session: facts[`session_${getLocale()}`] ?? '',
				forum: facts[`forum_${getLocale()}`] ?? ''
			}),
			m.confirmations_email_until({ until: moment(facts.until ?? '', facts.zone) })
		],
		action: {
			text: m.confirmations_email_action(),
			path: link(`/forums/${facts.slug}/notes/${facts.session_id}/confirm`)
		}
	})
};
