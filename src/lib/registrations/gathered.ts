import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import type { ForumLine } from '$lib/platform/domain';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const { province } = Constants.public.Enums;

const count = z.number().int().nonnegative();

/** What `private.registrations_organize` answers: how many people take part in a forum. */
export const forumSchema = z.object({
	in_person: count,
	online: count,
	confirmed: count,
	waitlisted: count,
	provinces: z.partialRecord(z.enum(province), count)
});

const lineSchema = forumSchema.extend({ ends_on: z.iso.date(), time_zone: z.string() });

/** How many are confirmed and wait. */
export function forumLines(gathered: unknown, now: Date): ForumLine[] {
	const forum = lineSchema.parse(gathered);
	const { confirmed, waitlisted } = forum;
	// Registrations of a past forum were deleted, or never stored: that is not a zero.
	if (isOver(forum, now) && confirmed + waitlisted === 0) return [];
	return [{ text: m.organize_row_registrations({ confirmed, waitlisted }) }];
}
