import { z } from 'zod';
import { BODY_LENGTH, TITLE_LENGTH } from './rules';

// Browsers send line ends as CR LF; the text is kept as it was typed.
const title = z.string().trim().max(TITLE_LENGTH);
const body = z
	.string()
	.transform((text) => text.replace(/\r\n?/g, '\n'))
	.pipe(z.string().max(BODY_LENGTH));

/** The draft as an editor saw and changed it. `version` is the one that they saw. */
export const reportSchema = z.object({
	version: z.coerce.number<string>().int().positive().max(2_000_000_000),
	title_en: title,
	title_fr: title,
	body_en: body,
	body_fr: body
});

/** The same, to be published; a box is ticked when a missing language is meant. */
export const publicationSchema = reportSchema.extend({ one_language: z.boolean() });

/** Starting a draft asks for nothing. */
export const startSchema = z.object({});

export type Edit = z.output<typeof reportSchema>;
