import { z } from 'zod';
import { Constants } from '../db/types';

const { language, province } = Constants.public.Enums;

/** The profile and rights of the person who is signed in, looked up on each request. */
export const personSchema = z.object({
	person_id: z.string(),
	name: z.string(),
	language: z.enum(language),
	province: z.enum(province).nullable(),
	sector: z.string().nullable(),
	/** Closed sessions and threads are closed to them; true without a sector. */
	counts_as_government: z.boolean(),
	organization_name: z.string().nullable(),
	discreet: z.boolean(),
	organizer: z.boolean(),
	/** An organizer has approved them: they may vote, and sign up for closed sessions. */
	approved: z.boolean(),
	suspended: z.boolean(),
	suspended_reason: z.string().nullable()
});
export type Person = z.output<typeof personSchema>;

/** What `public.who` answers; `person` is null before the profile is written. */
export const whoSchema = z.object({ signed_in: z.boolean(), person: personSchema.nullable() });
