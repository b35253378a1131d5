import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { reasonSchema } from '$lib/registrations/schema';
import { MOST, plainWord, readCode, WORD } from './rules';

const { mode, province, registration_status } = Constants.public.Enums;

const count = z.coerce.number<string>().int().min(1).max(MOST);

/** Spots for people whom an organization vouches for; beyond the capacity only for a reason. */
export const makingSchema = z
	.object({
		forum: z.uuid(),
		/** Sent twice, a form makes its spots once. */
		batch: z.uuid(),
		organization: z.uuid({ error: () => m.vouched_error_organization() }),
		count: z.string().transform((typed, { addIssue }) => {
			const { data } = count.safeParse(typed);
			if (data === undefined) addIssue(m.vouched_error_count({ most: String(MOST) }));
			return data ?? z.NEVER;
		}),
		mode: z.enum(mode, { error: () => m.registrations_error_mode() }),
		province: z.enum(province, { error: () => m.people_error_province() }),
		sector: z.string().regex(/^[a-z][a-z0-9_]+$/, { error: () => m.people_error_sector() }),
		support_person: z.boolean(),
		honorarium: z.boolean(),
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

export const spotSchema = z.object({ spot: z.uuid() });

const code = z.string().transform((typed, { addIssue }) => {
	const signs = readCode(typed);
	if (signs === null) addIssue(m.vouched_error_code());
	return signs ?? z.NEVER;
});

export const codeSchema = z.object({ code });

/** The second step: a printed code, the fresh one that was shown, and a word. */
export const swapSchema = z.object({
	code,
	fresh: z.string().refine((fresh) => readCode(fresh) !== null),
	proof: z.string().max(100),
	/** Whether the page asks for a word that was chosen before; the verb looks again. */
	word_asked: z.enum(['new', 'known']),
	start_over: z.boolean(),
	word: z
		.string()
		.transform(plainWord)
		.pipe(
			z
				.string()
				.min(WORD.least, { error: () => m.vouched_error_word({ least: String(WORD.least) }) })
				.max(WORD.most, { error: () => m.vouched_error_word_long({ most: String(WORD.most) }) })
		)
});

/** What `vouched_code` answers. */
export const openedSchema = z.object({
	address: z.string(),
	slug: z.string(),
	printed: z.boolean(),
	has_word: z.boolean()
});

/** What `my_vouched_spot` answers. */
export const mineSchema = z.object({
	number: z.number(),
	support_person: z.boolean(),
	honorarium: z.boolean(),
	slug: z.string()
});
export type MySpot = z.output<typeof mineSchema>;

const shownSpot = z.object({
	spot_id: z.string(),
	number: z.number(),
	name_en: z.string().nullable(),
	name_fr: z.string().nullable(),
	mode: z.enum(mode).nullable(),
	status: z.enum(registration_status).nullable(),
	support_person: z.boolean(),
	honorarium: z.boolean(),
	code: z.enum(['new', 'used', 'renewed'])
});
export type VouchedSpot = z.output<typeof shownSpot>;

/** What `vouched_spots` answers. */
export const pageSchema = z.object({
	forum: z.object({
		forum_id: z.string(),
		slug: z.string(),
		name_en: z.string(),
		name_fr: z.string(),
		starts_on: z.string(),
		ends_on: z.string(),
		capacity_in_person: z.number().nullable(),
		capacity_online: z.number().nullable(),
		takes_place: z.boolean()
	}),
	free: z.object({ in_person: z.number().nullable(), online: z.number().nullable() }),
	organizations: z.array(
		z.object({ organization_id: z.string(), name_en: z.string(), name_fr: z.string() })
	),
	spots: z.array(shownSpot)
});
