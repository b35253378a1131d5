import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import { registrationCloses } from '$lib/forums/words';
import { Constants } from '$lib/platform/db/types';
import type { ForumLine, Step } from '$lib/platform/domain';
import { moment } from '$lib/platform/text/dates';
import { daysUntil } from '$lib/platform/text/days';
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

const stepSchema = lineSchema.extend({
	slug: z.string(),
	registration_opens_at: z.string().nullable(),
	registration_closes_at: z.string().nullable()
});

/** Registration without dates, ahead or open; none once it is closed. */
export function step(gathered: unknown, now: Date): Step | null {
	const forum = stepSchema.parse(gathered);
	const { registration_opens_at: opens, registration_closes_at: closes, time_zone: zone } = forum;
	const path = `/forums/${forum.slug}` as const;
	if (isOver(forum, now)) return null;
	if (opens === null || closes === null) {
		return {
			weight: 'next',
			stage: 'register',
			title: m.organize_step_dates(),
			text: m.organize_step_dates_text(),
			button: { text: m.organize_step_dates_do(), path },
			waits: true
		};
	}
	if (new Date(opens) > now) {
		return {
			weight: 'next',
			stage: 'register',
			title: m.organize_step_opening(),
			text: m.organize_step_opening_text({ at: moment(opens, zone) }),
			button: { text: m.organize_step_opening_do(), path },
			waits: false
		};
	}
	if (new Date(closes) <= now) return null;
	return {
		weight: 'next',
		stage: 'register',
		title: registrationCloses(daysUntil(closes, zone, now)),
		text: m.organize_step_registering_text({ at: moment(closes, zone) }),
		button: { text: m.organize_step_registering_do(), path },
		waits: false
	};
}
