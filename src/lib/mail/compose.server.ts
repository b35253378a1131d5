import { render } from 'svelte/server';
import { inLanguage } from '$lib/platform/text/i18n/language.server';
import { link } from '$lib/platform/text/i18n/link';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { Email } from './data.server';
import { emails, type Words } from './emails';
import EmailHtml from './parts/Email.svelte';

/** A email ready to leave, in the reader's language. */
export interface Composed {
	to: string;
	subject: string;
	text: string;
	html: string;
	words: Words;
}

/**
 * Puts a email into words. Links start at `origin`, the site's configured address.
 * Whoever asked for discretion gets a email that says nothing, outside or at first sight: mailboxes
 * show how a email begins, and an address can tell as much as a title.
 */
export function compose(
	email: Pick<Email, 'recipient' | 'language' | 'discreet' | 'kind' | 'facts'>,
	origin: string
): Composed {
	return inLanguage(email.language, () => {
		const open = emails[email.kind](email.facts as Record<string, string>);
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
			words
		};
	});
}

// A code has to be in its email; all else is read on the site.
function discreet(words: Words): Words {
	const subject = m.mail_discreet_subject();
	if (words.code) return { ...words, subject };
	const action = { text: m.mail_discreet_action(), path: link('/sign-in') };
	return { subject, paragraphs: [m.mail_discreet_text()], action };
}

function text({ paragraphs, code, action }: Words, address?: string): string {
	const [first, ...rest] = paragraphs;
	const lines = [first, code && `    ${code}`, ...rest];
	if (action) lines.push(`${action.text}\n${address}`);
	return [...lines, `${m.mail_sign_off()}\n${m.mail_why()}`].filter(Boolean).join('\n\n');
}
