import nodemailer from 'nodemailer';

/** Hands composed emails to a mail server. */
export interface Transport {
	sendMail(email: {
		messageId?: string;
		to: string;
		subject: string;
		text: string;
		html: string;
		icalEvent?: { method: string; content: string; filename: string };
	}): Promise<unknown>;
}

// Shorter than the job's own: what times out here is known not to be sent.
const usual = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/**
 * A connection to the mail server that `SMTP_URL` names.
 * @param from whom emails come from
 * @param replyTo who reads the answers
 */
export function openTransport(
	url: string,
	from: string,
	replyTo?: string,
	limits: typeof usual = usual
): Transport {
	const defaults = {
		from,
		replyTo,
		// Absence notices do not answer what says that it comes from a machine.
		headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
		disableFileAccess: true,
		disableUrlAccess: true
	};
	return nodemailer.createTransport({ url, ...limits }, defaults);
}
