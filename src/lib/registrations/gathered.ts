import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import { registrationCloses } from '$lib/forums/words';
import { Constants } from '$lib/platform/db/types';
import type { ForumLine, Stage, Step } from '$lib/platform/domain';
import { date, moment } from '$lib/platform/text/dates';
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
			title: m.organize_step_dates(),
			text: m.organize_step_dates_text(),
			button: { text: m.organize_step_dates_do(), path: `/organize${path}` },
			waits: true
		};
	}
	if (new Date(opens) > now) {
		return {
			weight: 'next',
			title: m.organize_step_opening(),
			text: m.organize_step_opening_text({ at: moment(opens, zone) }),
			button: { text: m.organize_step_opening_do(), path },
			waits: false
		};
	}
	if (new Date(closes) <= now) return null;
	return {
		weight: 'next',
		title: registrationCloses(daysUntil(closes, zone, now)),
		text: m.organize_step_registering_text({ at: moment(closes, zone) }),
		button: { text: m.organize_step_registering_do(), path },
		waits: false
	};
}

/** Registration: without dates, ahead, open or closed. */
export function stage(gathered: unknown, now: Date): Stage {
	const forum = stepSchema.parse(gathered);
	const { registration_opens_at: opens, registration_closes_at: closes, time_zone: zone } = forum;
	const about = { name: m.home_stage_register(), path: `/forums/${forum.slug}` as const };
	if (opens && new Date(opens) > now) {
		return { ...about, state: 'ahead', note: m.organize_stage_from({ date: date(opens, zone) }) };
	}
	if (isOver(forum, now) || (closes && new Date(closes) <= now)) {
		return { ...about, state: 'done', note: closes ? date(closes, zone) : undefined };
	}
	if (!opens) return { ...about, state: 'ahead' };
	const note = closes ? m.organize_stage_until({ date: date(closes, zone) }) : undefined;
	return { ...about, state: 'now', note };
}
