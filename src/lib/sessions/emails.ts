import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { moment } from '$lib/platform/text/dates';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';

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
	}
};
