import { z } from 'zod';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS } from './rules';

const report = z.uuid();

/** The draft as an editor saw and changed it. `version` is the one that they saw. */
export const reportSchema = versioned({
	report,
	...pair('title', line({ most: LENGTHS.title })),
	...pair('body', text({ most: LENGTHS.body }))
});

/** A published report put right, and the note that tells its readers. */
export const correctionSchema = reportSchema.extend(pair('note', text({ most: LENGTHS.note })));

/** Publishing what was shown. Where the page warned, a box says that it is meant. */
export const publicationSchema = versioned({
	report,
	warned: z.boolean(),
	sure: z.boolean()
}).refine(({ warned, sure }) => sure || !warned, {
	path: ['sure'],
	error: () => m.reports_publish_error_sure()
});

/** Taking down what was shown. */
export const takingDownSchema = versioned({ report });

/** The forum whose highlights are started. */
export const startSchema = z.object({ forum: z.uuid() });
