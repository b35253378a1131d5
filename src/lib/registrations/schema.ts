import { z } from 'zod';
import { profileSchema } from '$lib/people/schema';
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

/** Cancelling one's registration for a forum. */
export const cancellationSchema = z.object({ forum: z.uuid() });

export type RegistrationInput = z.output<typeof registrationSchema>;
