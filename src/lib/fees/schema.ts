import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { centsOf, LENGTHS, LISTS, MOST, STATES } from './rules';

const { fee_status, registration_status } = Constants.public.Enums;

/** An amount that somebody types, in cents; `missing` is the amount of an empty field, where it may be empty. */
export function amount(most: number, tooMuch: () => string, missing?: number) {
	return z.string().transform((typed, { addIssue }) => {
		const cents = typed.trim() === '' ? missing : centsOf(typed);
		if (cents !== undefined && cents !== null && cents <= most) return cents;
		addIssue({
			code: 'custom',
			message: cents && cents > most ? tooMuch() : m.fees_error_amount()
		});
		return z.NEVER;
	});
}

/** A text that is there in both languages or in none. */
function both(name: 'about' | 'note') {
	return (sent: object, { addIssue }: z.core.$RefinementCtx) => {
		const texts = sent as Record<string, string>;
		for (const [one, other] of [
			['en', 'fr'],
			['fr', 'en']
		] as const) {
			if (texts[`${name}_${one}`] === '' && texts[`${name}_${other}`] !== '') {
				const path = [`${name}_${one}`];
				addIssue({ code: 'custom', path, message: m.fees_error_both() });
			}
		}
	};
}

/** A fee category as an organizer saw and changed it; `category` is empty for a new one. */
export const categorySchema = versioned({
	category: z.literal('').or(z.uuid()),
	...pair('name', line({ least: 1, most: LENGTHS.name })),
	...pair('about', line({ most: LENGTHS.about })),
	amount: amount(MOST, m.fees_refusal_fee_categories_amount_range)
}).superRefine(both('about'));

export const categoryOnly = z.object({ category: z.uuid() });
export const moveSchema = categoryOnly.extend({ way: z.enum(['up', 'down']) });
export const hideSchema = categoryOnly.extend({ hidden: z.boolean() });

/** What a forum says below its fees. */
export const noteSchema = versioned({
	forum: z.uuid(),
	...pair('note', text({ most: LENGTHS.note }))
}).superRefine(both('note'));

/** The category that a person chooses, and whom to invoice. */
export const choiceSchema = z.object({
	forum: z.uuid(),
	category: z.uuid({ error: () => m.fees_error_category() }),
	invoice: text({ most: LENGTHS.invoice })
});

export const reasonSchema = z.object({
	reason: text({ least: 3, most: LENGTHS.reason, missing: m.fees_error_reason })
});

/** What organizers mark about several fees; only what is paid needs a day, and only the others a reason. */
export const markSchema = z
	.object({
		forum: z.uuid(),
		registration: z
			.array(z.uuid())
			.min(1, { error: () => m.fees_error_nobody() })
			.max(50),
		act: z.enum(fee_status),
		paid_on: z.string(),
		reason: z.string()
	})
	.superRefine(({ act, paid_on, reason }, { addIssue }) => {
		const isPaid = act === 'paid';
		const fault = (path: string, message: string) =>
			addIssue({ code: 'custom', path: [path], message });
		if (isPaid && !z.iso.date().safeParse(paid_on).success) {
			fault('paid_on', m.fees_refusal_fee_paid_day());
		}
		const said = isPaid ? null : reasonSchema.safeParse({ reason });
		for (const { message } of said?.error?.issues ?? []) fault('reason', message);
	});
export type Mark = z.output<typeof markSchema>;

/** What organizers look at, as the address says. */
export const askedSchema = z.object({
	list: z.enum(LISTS).catch('due'),
	after: z.uuid().nullable().catch(null)
});

const category = {
	category_id: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	about_en: z.string(),
	about_fr: z.string(),
	amount: z.number()
};
const note = { note_en: z.string(), note_fr: z.string() };

/** What the column `fee_choices` of a forum holds; null when it costs nothing. */
export const choicesSchema = z
	.object({ categories: z.array(z.object(category)), ...note })
	.nullable();
export type Choices = NonNullable<z.output<typeof choicesSchema>>;

/** What the column `fee` of a registration holds; null until the person has chosen. */
export const feeSchema = z
	.object({
		...category,
		state: z.enum(STATES),
		paid_on: z.string().nullable(),
		invoice: z.string(),
		invoice_of_other: z.boolean()
	})
	.nullable();
export type Fee = NonNullable<z.output<typeof feeSchema>>;

/** What `fee_of` answers. */
export const storySchema = z
	.object({
		name_en: z.string().nullable(),
		name_fr: z.string().nullable(),
		amount: z.number().nullable(),
		state: z.enum(STATES),
		paid_on: z.string().nullable()
	})
	.nullable();

/** What `fees_for_organizers` answers. */
export const overviewSchema = z.object({
	forum: z.object({
		forum_id: z.string(),
		slug: z.string(),
		name_en: z.string(),
		name_fr: z.string(),
		time_zone: z.string(),
		today: z.string()
	}),
	note: z.object({ ...note, version: z.number() }),
	categories: z.array(
		z.object({ ...category, version: z.number(), hidden: z.boolean(), chosen_by: z.number() })
	),
	totals: z.partialRecord(z.enum(STATES), z.object({ people: z.number(), amount: z.number() })),
	people: z.array(
		z.object({
			registration_id: z.string(),
			name: z.string(),
			organization_name: z.string().nullable(),
			email: z.string().nullable(),
			status: z.enum(registration_status),
			name_en: z.string().nullable(),
			name_fr: z.string().nullable(),
			amount: z.number().nullable(),
			fee_status: z.enum(fee_status).nullable(),
			invoice: z.string(),
			paid_on: z.string().nullable(),
			reason: z.string().nullable(),
			marked_by: z.string().nullable(),
			marked_at: z.string().nullable()
		})
	),
	more: z.boolean()
});
export type Overview = z.output<typeof overviewSchema>;
export type Owing = Overview['people'][number];
export type Category = Overview['categories'][number];
