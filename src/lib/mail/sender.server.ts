import nodemailer from 'nodemailer';
import { serviceClient } from '$lib/platform/db/client.server';
import { logger } from '$lib/platform/log.server';
import { readSettings } from '$lib/platform/settings.server';
import { compose } from './compose.server';
import * as mail from './data.server';

const PAUSE = 15_000;

/** Hands composed emails to a mail server. */
export interface Post {
	sendMail(email: { to: string; subject: string; text: string; html: string }): Promise<unknown>;
}

/**
 * A connection to the mail server that `SMTP_URL` names.
 * @param from whom emails come from
 * @param replyTo who reads the answers
 */
export function openTransport(url: string, from: string, replyTo?: string): Post {
	const defaults = { from, replyTo, disableFileAccess: true, disableUrlAccess: true };
	return nodemailer.createTransport(url, defaults);
}

/**
 * Sends what waits, once, and settles each email. A email that fails comes back later.
 * @returns how many have gone
 */
export async function sendWaiting(post: Post, origin: string): Promise<number> {
	const db = await serviceClient();
	let gone = 0;
	for (const email of await mail.claim(db)) {
		const failure = await send(post, email, origin);
		await mail.settle(db, email.email_id, failure);
		if (failure) logger.warn({ kind: email.kind, failure }, 'email not sent');
		else gone++;
	}
	return gone;
}

async function send(post: Post, email: mail.Email, origin: string): Promise<string | undefined> {
	try {
		const { to, subject, text, html } = compose(email, origin);
		await post.sendMail({ to, subject, text, html });
	} catch (thrown) {
		// The message of a mail server quotes the address; its code does not.
		return (thrown as { code?: string }).code ?? 'unknown';
	}
}

/** Sends what waits within moments, without waiting for it; nothing where no emails are sent. */
export let sendSoon: () => void = () => {};

/**
 * Sends emails for as long as the process lives: soon after each verb, and every few seconds what
 * other processes wrote. Without SMTP_URL emails wait in the house.
 */
export function startSending(): void {
	const { smtpUrl, mailFrom, origin, network } = readSettings();
	if (!smtpUrl) return;
	const post = openTransport(
		smtpUrl,
		mailFrom ?? 'Convergence <no-reply@localhost>',
		network.contact
	);
	let running: Promise<unknown> | undefined;
	// One run at a time; a failure has nobody to tell but the log, and must not end the process.
	const send = () => {
		running ??= sendWaiting(post, origin)
			.catch(({ name }: Error) => logger.warn({ name }, 'emails wait'))
			.finally(() => (running = undefined));
	};
	setInterval(send, PAUSE).unref();
	sendSoon = () => void setTimeout(send, 50);
}
