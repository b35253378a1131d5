import { z } from 'zod';
import { isOver } from '$lib/forums/rules';
import { registrationCloses } from '$lib/forums/words';
import { Constants } from '$lib/platform/db/types';
import type { ForumLine, Need, Stage, Step } from '$lib/platform/domain';
import { date, moment } from '$lib/platform/text/dates';
import { daysUntil, isSoon } from '$lib/platform/text/days';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const { province } = Constants.public.Enums;

const count = z.number().int().nonnegative();

/** What `private.registrations_organize` answers: how many people take part in a forum. */
export const forumSchema = z.object({
	in_person: count,
	online: count,
	confirmed: count,
	waitlisted: count,
	pending: count,
	provinces: z.partialRecord(z.enum(province), count)
});

const named = { slug: z.string(), name_en: z.string(), name_fr: z.string() };

/** What `private.registrations_tasks` answers: spots offered to a person, their invitations, and what an organizer has to approve. */
const tasksSchema = z.object({
	offers: z.array(
		z.object({ ...named, until: z.string(), zone: z.string(), last_call: z.boolean() })
	),
	invitations: z.array(
		z.object({ ...named, until: z.string(), zone: z.string(), spot: z.boolean() })
	),
	registrations_to_approve: z.array(z.object({ ...named, count }))
});

/** Spots that are offered to the person, and invitations, until a moment; registrations that wait for an organizer. */
export function needs(gathered: unknown): Need[] {
	const { offers, invitations, registrations_to_approve: pending } = tasksSchema.parse(gathered);
	return [
		...offers.map(({ until, zone, ...forum }) => ({
			id: `offer-${forum.slug}`,
			title: m.registrations_home_offer({ forum: pair(forum, 'name') }),
			closes: {
				at: until,
				text: m.registrations_home_offer_until({ until: moment(until, zone) }),
				soon: isSoon(until, zone)
			},
			button: {
				text: m.registrations_home_offer_do(),
				path: `/forums/${forum.slug}/registration` as const
			}
		})),
		...invitations.map(({ until, zone, spot, ...forum }) => ({
			id: `invitation-${forum.slug}`,
			title: m.registrations_home_invited({ forum: pair(forum, 'name') }),
			closes: {
				at: until,
				text: (spot ? m.registrations_home_invited_spot : m.registrations_home_invited_until)({
					until: moment(until, zone)
				}),
				soon: isSoon(until, zone)
			},
			button: {
				text: m.registrations_home_invited_do(),
				path: `/forums/${forum.slug}/register` as const
			}
		})),
		...pending.map(({ count, ...forum }) => ({
			id: `approve-${forum.slug}`,
			title: m.registrations_home_approve({ forum: pair(forum, 'name') }),
			lines: [m.registrations_home_approve_count({ count })],
			button: {
				text: m.registrations_home_approve_do(),
				path: `/organize/forums/${forum.slug}/people?status=pending` as const
			}
		}))
	];
}

const lineSchema = forumSchema.extend({
	slug: z.string(),
	ends_on: z.iso.date(),
	time_zone: z.string()
});

/** How many are confirmed and wait. */
export function forumLines(gathered: unknown, now: Date): ForumLine[] {
	const forum = lineSchema.parse(gathered);
	const { confirmed, waitlisted } = forum;
	// Registrations of a past forum were deleted, or never stored: that is not a zero.
	if (isOver(forum, now) && confirmed + waitlisted === 0) return [];
	const path = `/organize/forums/${forum.slug}/people` as const;
	return [{ text: m.organize_row_registrations({ confirmed, waitlisted }), path }];
}

const stepSchema = lineSchema.extend({
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
	const about = {
		name: m.home_stage_register(),
		path: `/organize/forums/${forum.slug}/people` as const
	};
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
