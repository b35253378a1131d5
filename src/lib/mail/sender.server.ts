import nodemailer from 'nodemailer';
import { onVerb, serviceClient } from '$lib/shared/db.server';
import { logger } from '$lib/shared/log.server';
import { readSettings } from '$lib/shared/settings.server';
import { compose } from './compose.server';
import * as mail from './data.server';

const PAUSE = 15_000;

/** Hands composed letters to a mail server. */
export interface Post {
	sendMail(letter: { to: string; subject: string; text: string; html: string }): Promise<unknown>;
}

/** A connection to the mail server that `SMTP_URL` names. */
export function openPost(url: string, from: string): Post {
	return nodemailer.createTransport(url, { from, disableFileAccess: true, disableUrlAccess: true });
}

/**
 * Sends what waits, once, and settles each letter. A letter that fails comes back later.
 * @returns how many have gone
 */
export async function sendWaiting(post: Post, origin: string): Promise<number> {
	const db = await serviceClient();
	let gone = 0;
	for (const letter of await mail.claim(db)) {
		const failure = await send(post, letter, origin);
		await mail.settle(db, letter.letter_id, failure);
		if (failure) logger.warn({ kind: letter.kind, failure }, 'letter not sent');
		else gone++;
	}
	return gone;
}

async function send(post: Post, letter: mail.Letter, origin: string): Promise<string | undefined> {
	try {
		const { to, subject, text, html } = compose(letter, origin);
		await post.sendMail({ to, subject, text, html });
	} catch (thrown) {
		// The message of a mail server quotes the address; its code does not.
		return (thrown as { code?: string }).code ?? 'unknown';
	}
}

/**
 * Sends letters for as long as the process lives: soon after each verb, and every few seconds for
 * what other processes wrote. Without SMTP_URL letters wait in the house.
 */
export function startSending(): void {
	const { smtpUrl, mailFrom, origin } = readSettings();
	if (!smtpUrl) return;
	const post = openPost(smtpUrl, mailFrom ?? 'Convergence <no-reply@localhost>');
	let running = false;
	const run = () => {
		if (running) return;
		running = true;
		sendWaiting(post, origin)
			.catch((thrown: Error) => logger.warn({ name: thrown.name }, 'letters wait'))
			.finally(() => (running = false));
	};
	const clock = setInterval(run, PAUSE);
	// The sender's own verbs must not call it again.
	const stop = onVerb((verb) => {
		if (!verb.endsWith('_letters') && !verb.endsWith('_letter')) setTimeout(run, 50);
	});
	process.once('sveltekit:shutdown', () => {
		clearInterval(clock);
		stop();
	});
}
