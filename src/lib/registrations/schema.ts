import { z } from 'zod';
import { emailSchema, profileSchema } from '$lib/people/schema';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const { language, mode } = Constants.public.Enums;

/** What a person tells to register. Most of it becomes their profile as well. */
export const registrationSchema = z.object({
	forum: z.uuid(),
	name: profileSchema.shape.name,
	organization: profileSchema.shape.organization,
	province: profileSchema.shape.province,
	sector: profileSchema.shape.sector,
	language: z.enum(language, { error: () => m.registrations_error_language() }),
	mode: z.enum(mode, { error: () => m.registrations_error_mode() }),
	discreet: profileSchema.shape.discreet
});

/** What a person does about their registration for a forum, without further words. */
export const forumOnly = z.object({ forum: z.uuid() });

/** Taking part in the other way. */
export const modeSchema = z.object({ forum: z.uuid(), mode: registrationSchema.shape.mode });
export type ModeInput = z.output<typeof modeSchema>;

/** Offering one's spot to a colleague. */
export const handOverSchema = z.object({ forum: z.uuid(), email: emailSchema.shape.email });

export type RegistrationInput = z.output<typeof registrationSchema>;
