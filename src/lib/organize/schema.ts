import { z } from 'zod';
import { forumSchema as forums } from '$lib/forums/gathered';
import { forumSchema as registrations } from '$lib/registrations/gathered';

/** What is said of every forum: its names and dates, and who is coming. */
const forumSchema = z.object({ ...forums.shape, ...registrations.shape });

/** What `organize` gives: every forum, newest first. Other keys pass through to their domains. */
export const organizeSchema = z.object({ forums: z.array(forumSchema.loose()) });

export type OrganizedForum = z.output<typeof forumSchema>;

const day = z.iso.date().nullable().catch(null);

/** What organizers look for in the audit: from the address, so whatever is wrong counts as absent. */
export const auditSearchSchema = z.object({
	person: z.uuid().nullable().catch(null),
	name: z.string().trim().max(100).catch(''),
	// Not `action`: in a form, a field of that name hides where the form leads.
	act: z
		.string()
		.regex(/^[a-z_]{1,60}$/)
		.catch(''),
	since: day,
	until: day,
	after: z.uuid().nullable().catch(null)
});
export type AuditSearch = z.output<typeof auditSearchSchema>;

/** What `audit_list` answers. */
export const auditSchema = z.object({
	person: z.object({ person_id: z.string(), name: z.string() }).nullable(),
	acts: z.array(
		z.object({
			audit_id: z.string(),
			acted_at: z.string(),
			action: z.string(),
			fields: z.array(z.string()),
			actor_id: z.string().nullable(),
			actor: z.string().nullable(),
			subject_id: z.string().nullable(),
			subject: z.string().nullable(),
			forum: z.object({ slug: z.string(), name_en: z.string(), name_fr: z.string() }).nullable()
		})
	),
	more: z.boolean()
});
export type Audit = z.output<typeof auditSchema>;
