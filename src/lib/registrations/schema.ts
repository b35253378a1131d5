import { z } from 'zod';
import { LENGTHS } from '$lib/people/rules';
import { emailSchema, profileSchema } from '$lib/people/schema';
import { answersField } from '$lib/questions/schema';
import { Constants } from '$lib/platform/db/types';
import { line } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { STEPS } from './rules';

const { language, mode } = Constants.public.Enums;

/** What a person tells to register. Most of it becomes their profile as well. */
export const registrationSchema = z.object({
	forum: z.uuid(),
	name: profileSchema.shape.name,
	badge_name: line({ most: LENGTHS.name }),
	organization: profileSchema.shape.organization,
	province: profileSchema.shape.province,
	sector: profileSchema.shape.sector,
	language: z.enum(language, { error: () => m.registrations_error_language() }),
	mode: z.enum(mode, { error: () => m.registrations_error_mode() }),
	discreet: profileSchema.shape.discreet,
	answers: answersField,
	step: z.enum(STEPS).catch('about')
});

/** The same on the way to another step of the page: whatever was typed so far goes along. */
export const carriedSchema = z.object({
	...Object.fromEntries(
		Object.keys(registrationSchema.shape).map((name) => [name, z.string().catch('')])
	),
	discreet: z.boolean(),
	answers: answersField
});

/** What a person changes of their registration. */
export const editSchema = registrationSchema.pick({
	forum: true,
	name: true,
	badge_name: true,
	organization: true,
	province: true,
	language: true,
	answers: true
});

/** The last day on which people change their registration; nothing for the day before the forum. */
export const editsUntilSchema = z.object({
	day: z
		.literal('')
		.or(z.iso.date())
		.refine((typed) => typed === '' || typed.startsWith('20'), {
			error: () => m.forums_error_day()
		})
});

/** What a person does about their registration for a forum, without further words. */
export const forumOnly = z.object({ forum: z.uuid() });

/** Taking part in the other way. */
export const modeSchema = z.object({ forum: z.uuid(), mode: registrationSchema.shape.mode });
export type ModeInput = z.output<typeof modeSchema>;

/** Offering one's spot to a colleague. */
export const handOverSchema = z.object({ forum: z.uuid(), email: emailSchema.shape.email });

export type EditInput = z.output<typeof editSchema>;
export type RegistrationInput = z.output<typeof registrationSchema>;
