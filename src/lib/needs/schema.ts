import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { GROUPS, LENGTHS } from './rules';

const { mode, need, registration_status } = Constants.public.Enums;
const kind = z.enum(need);

/** What a person says that they need; one field for each group of choices. */
export const needsSchema = z
	.object({
		forum: z.uuid(),
		access: z.array(z.enum(GROUPS.access)),
		diet: z.array(z.enum(GROUPS.diet)),
		interpretation: z.array(z.enum(GROUPS.interpretation)),
		other: z.array(z.enum(GROUPS.other)),
		other_language: line({ most: LENGTHS.language }),
		phone: line({ most: LENGTHS.phone }),
		words: text({ most: LENGTHS.words })
	})
	.superRefine((needs, { addIssue }) => {
		const missing = (name: string, message: string) =>
			addIssue({ code: 'custom', path: [name], message });
		if (needs.interpretation.includes('other_language') && needs.other_language === '') {
			missing('other_language', m.needs_error_language());
		}
		if (needs.other.includes('call') && needs.phone === '') {
			missing('phone', m.needs_error_phone());
		}
	});

/** The forum whose needs a person deletes. */
export const noNeedsSchema = z.object({ forum: z.uuid() });

/** What a forum provides for everyone, as an organizer saw and changed it. */
export const providedSchema = versioned({
	forum: z.uuid(),
	...pair('provided', text({ most: LENGTHS.provided }))
});

const needs = {
	kinds: z.array(kind),
	other_language: z.string(),
	phone: z.string(),
	words: z.string()
};

/** What `my_needs` answers. */
export const mineSchema = z.object({
	needs: z.object(needs).nullable(),
	readers: z.number(),
	readings: z.array(z.object({ reader: z.string().nullable(), read_at: z.string() }))
});
export type Mine = z.output<typeof mineSchema>;

const forum = { slug: z.string(), name_en: z.string(), name_fr: z.string(), ends_on: z.string() };

/** What `needs_overview` answers. */
export const overviewSchema = z.object({
	forum: z.object({
		...forum,
		forum_id: z.string(),
		provided_en: z.string(),
		provided_fr: z.string(),
		version: z.number()
	}),
	people: z.number(),
	with_words: z.number(),
	counts: z.array(
		z.object({ kind, in_person: z.number(), online: z.number(), waiting: z.number() })
	),
	readers: z.array(
		z.object({
			person_id: z.string(),
			name: z.string(),
			ends_at: z.string(),
			time_zone: z.string()
		})
	),
	may_read: z.boolean()
});
export type Overview = z.output<typeof overviewSchema>;

/** What `read_needs` answers. */
export const listSchema = z.object({
	forum: z.object(forum),
	people: z.array(
		z.object({
			person_id: z.string(),
			name: z.string(),
			mode: z.enum(mode),
			status: z.enum(registration_status),
			...needs
		})
	),
	next: z.string().nullable()
});
export type NeedsList = z.output<typeof listSchema>;
