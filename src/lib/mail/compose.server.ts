import { render } from 'svelte/server';
import { inLanguage } from '$lib/platform/text/i18n/language.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { PermanentFailure } from '$lib/platform/jobs/job';
import { calendarFile } from '$lib/platform/text/calendar';
import type { Domain, EmailFacts, EmailWords } from '$lib/platform/domain';
import EmailHtml from './parts/Email.svelte';

/** What was queued: the kind of email and its facts, for whom and how. */
export interface QueuedEmail {
	recipient: string;
	language: 'en' | 'fr';
	discreet: boolean;
	kind: string;
	facts: unknown;
}

/** An email ready to leave, in the reader's language. */
export interface Composed {
	to: string;
	subject: string;
	text: string;
	html: string;
	words: EmailWords;
	/** A file for the reader's calendar. */
	calendar?: { method: string; file: string };
}

/**
 * Puts an email into words: `kinds` are those of all domains. Links start at `origin`, the site's
 * configured address, and `from` is whom calendars name as the organizer.
 * A person who asked for discretion gets an email that says nothing, in its subject or its first lines: mailboxes
 * show how an email begins, and an address can tell as much as a title.
 */
export function compose(
	email: QueuedEmail,
	kinds: NonNullable<Domain['emails']>,
	origin: string,
	from: string
): Composed {
	const write = kinds[email.kind];
	if (!write) throw new PermanentFailure('no_words');
	return inLanguage(email.language, () => {
		const open = write(email.facts as EmailFacts);
		const words = email.discreet ? discreet(open) : open;
		const { subject } = words;
		const address = words.action && origin + words.action.path;
		const { body } = render(EmailHtml, {
			props: { language: email.language, subject, words, address }
		});
		return {
			to: email.recipient,
			subject,
			text: text(words, address),
			html: `<!doctype html>${body.replaceAll(/<!--.*?-->/g, '')}`,
			words,
			...(words.calendar && { calendar: calendar(words.calendar, from, email.recipient, address) })
		};
	});
}

function calendar(
	{ method, entry }: NonNullable<EmailWords['calendar']>,
	from: string,
	recipient: string,
	url?: string
) {
	const organizer = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
	return { method, file: calendarFile([{ ...entry, url }], { method, organizer, recipient }) };
}

// A code has to be in its email; all else is read on the site. Calendars take in a file by themselves, and others
// may see them, so there is none.
function discreet(words: EmailWords): EmailWords {
	const subject = m.mail_discreet_subject();
	if (words.code) return { ...words, subject };
	const action = { text: m.mail_discreet_action(), path: link('/sign-in') };
	return { subject, paragraphs: [words.discreet ?? m.mail_discreet_text()], action };
}

function text({ paragraphs, code, action }: EmailWords, address?: string): string {
	const [first, ...rest] = paragraphs;
	const lines = [first, code && `    ${code}`, ...rest];
	if (action) lines.push(`${action.text}\n${address}`);
	return [...lines, `${m.mail_sign_off()}\n${m.mail_why()}`].filter(Boolean).join('\n\n');
}
