import { z } from 'zod';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { BODY_LENGTH, NOTE_LENGTH, TITLE_LENGTH } from './rules';

// Browsers send line ends as CR LF; the text is kept as it was typed.
const title = z.string().trim().max(TITLE_LENGTH);
const body = z
	.string()
	.transform((text) => text.replace(/\r\n?/g, '\n'))
	.pipe(z.string().max(BODY_LENGTH));

const note = z.string().trim().max(NOTE_LENGTH);
const version = z.coerce.number<string>().int().positive().max(2_000_000_000);

/** The draft as an editor saw and changed it. `version` is the one that they saw. */
export const reportSchema = z.object({
	version,
	title_en: title,
	title_fr: title,
	body_en: body,
	body_fr: body
});

/** A published report put right, and the note that tells its readers. */
export const correctionSchema = reportSchema.extend({ note_en: note, note_fr: note });

/** Publishing what was shown. Where the page warned, a box says that it is meant. */
export const publicationSchema = z
	.object({ version, warned: z.boolean(), sure: z.boolean() })
	.refine(({ warned, sure }) => sure || !warned, {
		path: ['sure'],
		error: () => m.reports_publish_error_sure()
	});

/** Taking down what was shown. */
export const takingDownSchema = z.object({ version });

/** Starting a draft asks for nothing. */
export const startSchema = z.object({});

export type Edit = z.output<typeof reportSchema>;
export type Correction = z.output<typeof correctionSchema>;
