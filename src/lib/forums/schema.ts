import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { instantIn } from '$lib/platform/text/days';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { knownDays, LENGTHS, PAPER } from './rules';

/** A day of this century. */
export const day = z
	.string()
	.refine((typed) => /^20\d\d-/.test(typed) && z.iso.date().safeParse(typed).success, {
		error: () => m.forums_error_day()
	});

/** A local time in the forum's zone, "2027-11-12T17:00", or nothing. */
export const localTime = z
	.string()
	.refine((typed) => typed === '' || /^20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(typed), {
		error: () => m.forums_error_moment()
	});

/** A number of spots; nothing for a way of taking part that is not offered. */
export const spots = z
	.string()
	.trim()
	.refine((typed) => typed === '' || (/^\d{1,6}$/.test(typed) && Number(typed) <= 100_000), {
		error: () => m.forums_error_spots()
	})
	.transform((typed) => (typed === '' ? null : Number(typed)));

const { Enums } = Constants.public;

const about = {
	kind: z.enum(Enums.forum_kind, { error: () => m.forums_error_kind() }),
	...pair('name', line({ least: 3, most: LENGTHS.name })),
	city: line({ most: LENGTHS.city }),
	format: z.enum(Enums.format, { error: () => m.forums_error_format() }),
	time_zone: z
		.string()
		.min(1, { error: () => m.forums_error_zone() })
		.max(60),
	starts_on: day,
	ends_on: day
};

const place = pair('place', line({ most: LENGTHS.place }));
const objectives = pair('objectives', text({ most: LENGTHS.objectives }));

/** What a new forum begins with. */
export const newForumSchema = z.object({
	...about,
	slug: z
		.string()
		.trim()
		.toLowerCase()
		.refine((typed) => typed === '' || /^[a-z\d]([a-z\d-]{0,38}[a-z\d])?$/.test(typed), {
			error: () => m.forums_refusal_forums_slug_shape()
		})
});

/** A forum as an organizer saw and changed it; objectives one per line. */
export const forumSchema = versioned({
	forum: z.uuid(),
	...about,
	...place,
	...objectives,
	registration_opens_at: localTime,
	registration_closes_at: localTime,
	capacity_in_person: spots,
	capacity_online: spots
}).superRefine((forum, { addIssue }) => {
	for (const name of ['registration_opens_at', 'registration_closes_at'] as const) {
		// A zone that does not exist is for the database to refuse.
		const exists = forum[name] === '' || instantIn(forum.time_zone, forum[name]) !== null;
		if (exists || !isZone(forum.time_zone)) continue;
		addIssue({ code: 'custom', path: [name], message: m.forums_error_moment() });
	}
});

function isZone(name: string): boolean {
	try {
		Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}

/** The facts of a forum beside its dates and place; funders and papers one per line. */
export const factsSchema = versioned({
	forum: z.uuid(),
	...pair('beside', line({ most: LENGTHS.beside })),
	beside_url: z
		.string()
		.trim()
		.refine((typed) => /^(https?:\/\/\S{3,250})?$/.test(typed), {
			error: () => m.forums_refusal_forums_beside_url_shape()
		}),
	...pair('territory', text({ most: LENGTHS.territory })),
	territory_confirmed: z.boolean(),
	...pair('funders', text({ most: LENGTHS.funders })),
	...pair('papers', text({ most: LENGTHS.papers }))
}).superRefine((facts, { addIssue }) => {
	for (const name of ['papers_en', 'papers_fr'] as const) {
		const lines = facts[name].split('\n').map((typed) => typed.trim());
		if (lines.every((typed) => typed === '' || PAPER.test(typed))) continue;
		const message = m.forums_refusal_forums_papers_have_links();
		addIssue({ code: 'custom', path: [name], message });
	}
});

/** A meeting that took place without registration here; `first` and `last` as far as its days are known. */
export const pastSchema = z
	.object({
		forum: z.uuid(),
		version: z.coerce.number<string>().int().min(0).max(2_000_000_000),
		kind: about.kind,
		name_en: about.name_en,
		name_fr: about.name_fr,
		...place,
		city: about.city,
		format: about.format,
		first: z.string().trim().max(20),
		last: z.string().trim().max(20),
		...objectives,
		participants: spots,
		participants_qualifier: z.enum(Enums.qualifier).or(z.literal('')),
		provinces: z.array(z.enum(Enums.province)),
		sectors: z.array(z.string().max(60)).max(60)
	})
	.superRefine(({ first, last }, { addIssue }) => {
		if (knownDays(first, last)) return;
		const path = [knownDays(first, '') ? 'last' : 'first'];
		addIssue({ code: 'custom', path, message: m.forums_error_known() });
	});

/** Refusals about one field of a past meeting. */
export const pastBeside = {
	forums_dates_in_order: 'last',
	forum_not_past: 'first',
	forums_webinar_is_online: 'format',
	forums_participants_positive: 'participants',
	unknown_sectors: 'sectors'
} as const;

/** The forum that is copied, the id of the copy, and its first day. */
export const cloneSchema = z.object({ forum: z.uuid(), copy: z.uuid(), starts_on: day });

/** Which forum is published, cancelled or deleted. */
export const forumIdSchema = z.object({ forum: z.uuid() });

/** A role of a forum for a person; without a last day, until 30 days after the forum. */
export const roleSchema = z.object({
	role: z.enum(Enums.forum_role, { error: () => m.forums_error_role() }),
	forum: z.uuid({ error: () => m.forums_error_forum() }),
	ends_on: z
		.literal('')
		.or(day)
		.transform((typed) => typed || null)
});

/** The role that is ended. */
export const endRoleSchema = z.object({ held: z.uuid() });

const names = { name_en: z.string(), name_fr: z.string() };

/** What `forum_roles_of` answers. */
export const rolesSchema = z.object({
	roles: z.array(
		z.object({
			role_id: z.string(),
			role: z.enum(Enums.forum_role),
			ends_at: z.string(),
			time_zone: z.string(),
			...names
		})
	),
	forums: z.array(z.object({ forum_id: z.string(), ...names }))
});
export type RolesOfPerson = z.output<typeof rolesSchema>;
