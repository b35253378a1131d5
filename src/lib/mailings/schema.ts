import { z } from 'zod';
import { line, pair, text } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS, STATUSES } from './rules';

/** An email of organizers. `key` names the form, so that a button pressed twice sends once. */
export const mailingSchema = z.object({
	forum: z.uuid(),
	key: z.uuid(),
	statuses: z
		.array(z.enum(STATUSES))
		.min(1, { error: () => m.mailings_error_statuses() })
		.max(STATUSES.length),
	...pair('subject', line(LENGTHS.subject)),
	...pair('text', text(LENGTHS.text))
});
export type MailingInput = z.output<typeof mailingSchema>;

/** What `mailings_of` answers. */
export const overviewSchema = z.object({
	counts: z.object({ confirmed: z.number(), waitlisted: z.number(), pending: z.number() }),
	sent: z.array(
		z.object({
			mailing_id: z.string(),
			sent_at: z.string(),
			statuses: z.array(z.enum(STATUSES)),
			recipients: z.number(),
			subject_en: z.string(),
			subject_fr: z.string(),
			sender: z.string().nullable()
		})
	)
});
export type Overview = z.output<typeof overviewSchema>;

/** What `my_mailings` answers. */
export const receivedSchema = z.array(
	z.object({
		mailing_id: z.string(),
		sent_at: z.string(),
		subject_en: z.string(),
		subject_fr: z.string(),
		text_en: z.string(),
		text_fr: z.string()
	})
);
export type Received = z.output<typeof receivedSchema>;
