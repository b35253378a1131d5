import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, text } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { profileSchema } from '$lib/people/schema';
import { reasonSchema } from '$lib/registrations/schema';
import { MOST_NAMES } from './rules';

const { check_in_outcome, check_in_reason, language, mode, registration_status } =
	Constants.public.Enums;

/** What `my_check_in` answers: the code of one's own registration, and since when one is in. */
export const mineSchema = z.object({ code: z.string(), at: z.string().nullable() }).nullable();

/** What `check_in` answers. */
export const scanSchema = z.object({
	scan_id: z.string(),
	outcome: z.enum(check_in_outcome),
	reason: z.enum(check_in_reason).nullable(),
	at: z.string().nullable(),
	undone: z.boolean(),
	registration_id: z.string().nullable(),
	name: z.string().nullable(),
	organization_name: z.string().nullable(),
	mode: z.enum(mode).nullable(),
	time_zone: z.string()
});
export type Scan = z.output<typeof scanSchema>;

const person = z.object({
	registration_id: z.string(),
	name: z.string(),
	organization_name: z.string().nullable(),
	mode: z.enum(mode),
	status: z.enum(registration_status),
	at: z.string().nullable()
});

const forum = {
	slug: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	starts_on: z.string(),
	ends_on: z.string()
};

/** What `check_in_page` answers. */
export const pageSchema = z.object({
	forum: z.object({
		...forum,
		forum_id: z.string(),
		time_zone: z.string(),
		capacity_in_person: z.number().nullable(),
		capacity_online: z.number().nullable(),
		cancelled: z.boolean(),
		takes_place: z.boolean()
	}),
	organizer: z.boolean(),
	attendance: z.object({
		registered: z.number(),
		registered_online: z.number(),
		attended: z.number()
	}),
	scan: scanSchema.nullable(),
	people: z.array(person.extend({ scan_id: z.string().nullable() }))
});
export type CheckInPage = z.output<typeof pageSchema>;

/** What is looked for, as the address says. */
export const askedSchema = z.object({
	search: z.string().max(100).catch(''),
	after: z.uuid().nullable().catch(null),
	scan: z.uuid().nullable().catch(null)
});

/** A code that was typed or scanned. */
export const codeSchema = z.object({
	forum: z.uuid(),
	scan: z.uuid(),
	// Stored nowhere, so there is no column to compare with.
	code: line({ least: 1, most: 100, missing: m.checkins_error_code }).pipe(z.string())
});

/** Somebody who was found by name. */
export const personSchema = z.object({ forum: z.uuid(), scan: z.uuid(), registration: z.uuid() });

export const undoSchema = z.object({ scan: z.uuid() });

/** A scan as a device sends it, maybe long after it was made; both times are of its own clock. */
export const sentSchema = z.object({
	forum_id: z.uuid(),
	scan_id: z.uuid(),
	code: z.string().max(1000),
	at: z.iso.datetime(),
	sent_at: z.iso.datetime()
});

/** What `match_names` answers. */
export const matchesSchema = z.array(z.object({ line: z.string(), people: z.array(person) }));
export type Match = z.output<typeof matchesSchema>[number];

/** A paper list, one name a line. */
export const namesSchema = z.object({
	forum: z.uuid(),
	names: text({ least: 1, most: MOST_NAMES * 100, missing: m.checkins_error_names }).pipe(
		z.string()
	)
});

const chosen = z.array(z.string().regex(/^[\da-f-]{36} [\da-f-]{36}$/)).max(MOST_NAMES);

/**
 * The people of a list who are checked in, each as `<registration> <scan>`: those whose name is clear, and those chosen
 * among several. `names` are the lines that stay, `found` brings the review back when nobody is chosen.
 */
export const listSchema = z
	.object({
		forum: z.uuid(),
		names: z.string().max(MOST_NAMES * 200),
		found: z.string().max(400_000),
		people: chosen,
		others: chosen
	})
	.superRefine(({ people, others }, { addIssue }) => {
		if (people.length + others.length > 0) return;
		addIssue({ code: 'custom', path: ['people'], message: m.checkins_error_people() });
	});

const { name, organization, province } = profileSchema.shape;

/** Somebody who comes without a registration. */
export const walkInSchema = z
	.object({
		forum: z.uuid(),
		scan: z.uuid(),
		name,
		organization,
		mode: z.enum(mode, { error: () => m.registrations_error_mode() }),
		language: z.enum(language, { error: () => m.registrations_error_language() }),
		province,
		sector: z.string().regex(/^[a-z][a-z0-9_]+$/, { error: () => m.people_error_sector() }),
		over_capacity: z.boolean(),
		reason: z.string()
	})
	.superRefine(({ over_capacity, reason }, { addIssue }) => {
		if (!over_capacity && reason.trim() === '') return;
		const checked = reasonSchema.safeParse({ reason });
		for (const { message } of checked.error?.issues ?? []) {
			addIssue({ code: 'custom', path: ['reason'], message });
		}
	});

/** What `check_in_sheet` answers. */
export const sheetSchema = z.object({
	forum: z.object(forum),
	people: z.array(
		z.object({
			registration_id: z.string(),
			name: z.string(),
			organization_name: z.string().nullable(),
			language: z.enum(language)
		})
	)
});
export type Sheet = z.output<typeof sheetSchema>;
