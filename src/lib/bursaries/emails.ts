import type { EmailFacts, EmailWords } from '$lib/platform/domain';
import { dollars } from '$lib/platform/text/figures';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';

/** The reason is read on the site alone: it may say something of the person. */
export const emails: Record<string, (facts: EmailFacts) => EmailWords> = {
	bursary_decided: (facts) => {
		const amount = dollars(Number(facts.granted ?? 0));
		const answers: Record<string, () => string> = {
			full: () => m.bursaries_email_full({ amount }),
			part: () => m.bursaries_email_part({ amount })
		};
		return {
			subject: m.bursaries_email_subject(),
			paragraphs: [
				(answers[facts.decision ?? ''] ?? m.bursaries_email_refused)(),
				m.bursaries_email_forum({ forum: facts[`forum_${getLocale()}`] ?? '' }),
				m.bursaries_email_next()
			],
			action: {
				text: m.bursaries_email_action(),
				path: link(`/forums/${facts.slug}/registration/bursary`)
			}
		};
	}
};
