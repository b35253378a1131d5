import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS } from './rules';

const { help, province } = Constants.public.Enums;
const slugs = z.array(z.string().max(40)).max(50);
/** The request that the page showed; nothing when it showed none. */
const shown = z.union([z.literal(''), z.uuid()]);

/** Why somebody wants to join, and on which committees they would like to sit. */
export const joinSchema = z.object({
	request: shown,
	about: text({ least: 1, most: LENGTHS.about, missing: m.joining_error_about }),
	committees: slugs
});

/** How somebody can help to prepare a forum. */
export const helpSchema = z.object({
	request: shown,
	forum: z.uuid(),
	help: z.array(z.enum(help)).min(1, { error: () => m.joining_error_help() }),
	note: line({ most: LENGTHS.note })
});

export const deletingSchema = z.object({ request: z.uuid() });

/** A request that an organizer accepts as they have read it, with the committees they chose. */
export const acceptingSchema = versioned({ request: z.uuid(), committees: slugs });
export const decliningSchema = versioned({
	request: z.uuid(),
	reason: text({ least: 3, most: LENGTHS.reason })
});

const named = { slug: z.string(), name_en: z.string(), name_fr: z.string() };

/** What `joining_page` answers beside who asks. */
export const pageSchema = z.object({
	request: z
		.object({
			request_id: z.string(),
			about: z.string(),
			committees: z.array(z.string()),
			sent_at: z.string(),
			decided_at: z.string().nullable(),
			reason: z.string().nullable()
		})
		.nullable(),
	committees: z.array(z.object({ ...named, closed_to_government: z.boolean(), mine: z.boolean() }))
});
export type JoiningPage = z.output<typeof pageSchema>;

const helps = z.array(z.enum(help));
const forum = z.object(named);

/** What `requests_for_organizers` answers. */
export const listSchema = z.object({
	count: z.number(),
	waiting: z.array(
		z.object({
			request_id: z.string(),
			version: z.number(),
			person_id: z.string(),
			name: z.string(),
			email: z.string().nullable(),
			organization_name: z.string().nullable(),
			sector: z.string().nullable(),
			province: z.enum(province).nullable(),
			approved: z.boolean(),
			is_me: z.boolean(),
			about: z.string(),
			help: helps,
			note: z.string(),
			sent_at: z.string(),
			forum: forum.nullable(),
			committees: z.array(z.object({ ...named, closed: z.boolean() }))
		})
	),
	helping: z.array(
		z.object({
			request_id: z.string(),
			person_id: z.string(),
			name: z.string(),
			help: helps,
			note: z.string(),
			forum
		})
	)
});
export type WaitingRequest = z.output<typeof listSchema>['waiting'][number];
export type Helper = z.output<typeof listSchema>['helping'][number];
