import { z } from 'zod';
import { forumSchema as forums } from '$lib/forums/gathered';
import { forumSchema as registrations } from '$lib/registrations/gathered';

/** What is said of every forum: its names and dates, and who is coming. */
const forumSchema = z.object({ ...forums.shape, ...registrations.shape });

/** What `organize` gives: every forum, newest first. Other keys pass through to their domains. */
export const organizeSchema = z.object({ forums: z.array(forumSchema.loose()) });

export type OrganizedForum = z.output<typeof forumSchema>;
