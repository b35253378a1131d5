import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import { inWords } from '$lib/platform/text/lists';

/** The answers to a request. Subjects and first lines name neither a committee nor a forum. */
export const emails: Record<string, (facts: EmailFacts) => EmailWords> = {
	joining_accepted: (facts) => {
		const committees = inWords((facts[`committees_${getLocale()}`] ?? '').split('\n'));
		return {
			subject: m.joining_email_accepted_subject(),
			paragraphs: [
				m.joining_email_accepted_text(),
				committees
					? m.joining_email_accepted_committees({ committees })
					: m.joining_email_accepted_no_committee(),
				committees ? m.joining_email_accepted_next() : m.joining_email_accepted_next_home()
			],
			action: committees
				? {
						text: m.joining_email_accepted_action(),
						path: link(`/committees/${facts.committee}`)
					}
				: { text: m.joining_email_home_action(), path: link('/') }
		};
	},
	joining_declined: ({ reason = '' }) => ({
		subject: m.joining_email_declined_subject(),
		paragraphs: [
			m.joining_email_declined_text(),
			m.joining_reason({ reason }),
			m.joining_email_declined_next()
		],
		action: { text: m.joining_see(), path: link('/join') }
	}),
	help_accepted: (facts) => ({
		subject: m.joining_email_help_subject(),
		paragraphs: [m.joining_email_help_accepted_text(), about(facts), m.joining_email_help_next()],
		action: seeOffer(facts)
	}),
	help_declined: (facts) => ({
		subject: m.joining_email_help_subject(),
		paragraphs: [
			m.joining_email_help_declined_text(),
			about(facts),
			m.joining_reason({ reason: facts.reason ?? '' })
		],
		action: seeOffer(facts)
	})
};

function about(facts: EmailFacts): string {
	return m.joining_email_help_forum({ forum: facts[`forum_${getLocale()}`] ?? '' });
}

function seeOffer({ slug }: EmailFacts) {
	return { text: m.joining_email_help_action(), path: link(`/forums/${slug}/help`) };
}
