import { render } from 'svelte/server';
import { inLanguage } from '$lib/shared/i18n/language.server';
import { link } from '$lib/shared/i18n/link';
import { m } from '$lib/shared/i18n/paraglide/messages';
import type { Letter } from './data.server';
import { letters, type Words } from './letters';
import LetterHtml from './Letter.svelte';

/** A letter ready to leave, in the reader's language. */
export interface Composed {
	to: string;
	subject: string;
	text: string;
	html: string;
	words: Words;
}

/**
 * Puts a letter into words. Links start at `origin`, the site's configured address.
 * Whoever asked for discretion gets a letter that says nothing, outside or at first sight: mailboxes
 * show how a letter begins, and an address can tell as much as a title.
 */
export function compose(
	letter: Pick<Letter, 'recipient' | 'language' | 'discreet' | 'kind' | 'facts'>,
	origin: string
): Composed {
	return inLanguage(letter.language, () => {
		const open = letters[letter.kind](letter.facts as Record<string, string>);
		const words = letter.discreet ? discreet(open) : open;
		const { subject } = words;
		const address = words.action && origin + words.action.path;
		const { body } = render(LetterHtml, {
			props: { language: letter.language, subject, words, address }
		});
		return {
			to: letter.recipient,
			subject,
			text: text(words, address),
			html: `<!doctype html>${body.replaceAll(/<!--.*?-->/g, '')}`,
			words
		};
	});
}

// A code has to be in its letter; all else is read on the site.
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
