import type { Domain } from '$lib/platform/domain';
import { PermanentFailure, type Job } from '$lib/platform/jobs/job';
import { z } from 'zod';
import { compose } from './compose.server';
import type { Transport } from './transport.server';

const email = z.object({
	recipient: z.string(),
	language: z.enum(['en', 'fr']),
	discreet: z.boolean(),
	kind: z.string(),
	facts: z.record(z.string(), z.unknown())
});

/**
 * The job that sends emails. Their words belong to domains after mail, so the composition
 * (`background.server.ts`) hands them in.
 *
 * An email may arrive twice when the process ends between the mail server's yes and the settling;
 * the Message-ID is then the same.
 */
export function sendEmails(
	words: NonNullable<Domain['emails']>,
	transport: Transport,
	origin: string,
	from: string
): Job {
	const { hostname } = new URL(origin);
	return {
		kind: 'mail_send',
		async run(payload, { id }) {
			const { calendar, to, subject, text, html } = compose(
				email.parse(payload),
				words,
				origin,
				from
			);
			const messageId = `<email-${id}@${hostname}>`;
			try {
				await transport.sendMail({
					messageId,
					to,
					subject,
					text,
					html,
					...(calendar && {
						icalEvent: { method: calendar.method, content: calendar.file, filename: 'calendar.ics' }
					})
				});
			} catch (thrown) {
				throw failureOf(thrown as SmtpError);
			}
		}
	};
}

interface SmtpError extends Error {
	code?: string;
	command?: string;
	/** The answer began with a 5. */
	permanent?: boolean;
}

/**
 * What the mail server said of this email or its recipient stays true; what it said of the
 * connection or of our login may pass.
 */
function failureOf(thrown: SmtpError): Error {
	const ofThisEmail = ['RCPT TO', 'DATA'].includes(thrown.command ?? '');
	if (!thrown.permanent || !ofThisEmail) return thrown;
	return new PermanentFailure(thrown.code ?? 'refused', { cause: thrown });
}
