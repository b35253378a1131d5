import { z } from 'zod';

const capacity = z.number().int().nonnegative().nullable();

/** What `private.forums_organize` answers: names, dates, place and capacity of a forum. */
export const forumSchema = z.object({
	forum_id: z.string(),
	slug: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	place_en: z.string(),
	place_fr: z.string(),
	starts_on: z.iso.date(),
	ends_on: z.iso.date(),
	published: z.boolean(),
	cancelled: z.boolean(),
	time_zone: z.string(),
	registration_opens_at: z.string().nullable(),
	registration_closes_at: z.string().nullable(),
	capacity_in_person: capacity,
	capacity_online: capacity
});
