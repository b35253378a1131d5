import { z } from 'zod';
import * as forums from '$lib/forums/gathered';
import * as priorities from '$lib/priorities/gathered';
import * as registrations from '$lib/registrations/gathered';
import * as reports from '$lib/reports/gathered';
import * as votes from '$lib/votes/gathered';
import type { ForumLine } from '$lib/platform/domain';

// What the next step and the map are made from.
const forumSchema = z.object({
	...forums.forumSchema.shape,
	...registrations.forumSchema.shape,
	...priorities.forumSchema.shape,
	...votes.forumSchema.shape,
	...reports.forumSchema.shape
});

/** What `organize` gives: every forum, newest first. Other keys pass through to the lines of their domains. */
export const organizeSchema = z.object({ forums: z.array(forumSchema.loose()) });

export type OrganizedForum = z.output<typeof forumSchema>;

/** A forum with what each domain says of it. */
export type ListedForum = OrganizedForum & { lines: ForumLine[] };
