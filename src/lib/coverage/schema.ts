import { z } from 'zod';
import { headSchema } from '$lib/exports/schema';
import { Constants } from '$lib/platform/db/types';
import { line, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS } from './rules';

const { province, qualifier } = Constants.public.Enums;

/** Somebody to ask about what is missing, as it is typed. */
export const outreachSchema = z.object({
	forum: z.uuid(),
	contact: line({ least: 1, most: LENGTHS.contact, missing: m.coverage_error_contact }),
	gap: z.string().regex(/^((province|sector):\w{1,41})?$/),
	asker: line({ most: LENGTHS.asker }),
	ask_by: z
		.literal('')
		.or(z.iso.date().refine((day) => day.startsWith('20')))
		.catch((wrong) => {
			wrong.issues.push({ code: 'custom', input: wrong.value, message: m.forums_error_day() });
			return '';
		}),
	outcome: text({ most: LENGTHS.outcome })
});

/** An entry as an organizer saw and changed it. */
export const changedSchema = versioned({ entry: z.uuid(), ...outreachSchema.shape });

export const entrySchema = z.object({ entry: z.uuid() });

/** Whether the page of the forum shows from where people come. */
export const shownSchema = z.object({ forum: z.uuid(), shown: z.boolean() });

const groupSchema = z.object({
	about: z.enum(['all', 'province', 'sector', 'language', 'mode', 'first']),
	part: z.string(),
	confirmed: z.number(),
	waiting: z.number()
});
export type Group = z.output<typeof groupSchema>;

/** What `coverage` answers. */
export const coverageSchema = z.object({
	forum: z.object({
		forum_id: z.string(),
		slug: z.string(),
		name_en: z.string(),
		name_fr: z.string(),
		ends_on: z.string(),
		time_zone: z.string()
	}),
	groups: z.array(groupSchema),
	shown: z.boolean(),
	due: z.boolean(),
	outreach: z.array(
		z.object({
			outreach_id: z.string(),
			contact: z.string(),
			province: z.enum(province).nullable(),
			sector: z.string().nullable(),
			asker: z.string(),
			ask_by: z.string().nullable(),
			outcome: z.string(),
			version: z.number()
		})
	)
});
export type Entry = z.output<typeof coverageSchema>['outreach'][number];

/** What `export_coverage` answers. */
export const coverageFileSchema = headSchema.extend({ groups: z.array(groupSchema) });
export type CoverageFile = z.output<typeof coverageFileSchema>;

/** What the column `coverage_shown` of a forum holds. */
export const shownGroupsSchema = z
	.array(z.object({ about: z.enum(['province', 'sector']), part: z.string(), people: z.number() }))
	.nullable();

/** What `forum_figures` answers. */
export const figuresSchema = z.object({
	confirmed: z.number(),
	participants: z.number().nullable(),
	participants_qualifier: z.enum(qualifier).nullable(),
	provinces: z.array(z.enum(province)),
	sectors: z.array(z.string())
});
export type Figures = z.output<typeof figuresSchema>;
