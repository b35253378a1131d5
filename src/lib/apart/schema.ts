import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { text } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS } from './rules';

const about = z.enum(Constants.public.Enums.apart_about);
const chosen = z
	.literal('')
	.or(z.uuid())
	.transform((it) => it || null);

/** From whom a person wants to be apart: in words, or one organization or sector. */
export const askSchema = z
	.object({
		forum: z.uuid(),
		about: z.enum(about.options, { error: () => m.apart_error_about() }),
		organization: chosen,
		sector: z.string().max(60),
		words: text({ most: LENGTHS.words })
	})
	.superRefine((asked, { addIssue }) => {
		const missing = (name: string, message: string) =>
			addIssue({ code: 'custom', path: [name], message });
		if (asked.about === 'person' && asked.words === '') missing('words', m.apart_error_words());
		if (asked.about === 'organization' && !asked.organization) {
			missing('organization', m.apart_error_organization());
		}
		if (asked.about === 'sector' && asked.sector === '') missing('sector', m.apart_error_sector());
	});

/** The request that a button is about. */
export const requestSchema = z.object({ request: z.uuid() });

/** A request, and whom a needs reader chose for it; nobody who is registered when empty. */
export const acceptSchema = z.object({ request: z.uuid(), person: chosen });

const forum = { slug: z.string(), name_en: z.string(), name_fr: z.string(), ends_on: z.string() };
const request = {
	request_id: z.string(),
	about,
	words: z.string(),
	organization_en: z.string().nullable(),
	organization_fr: z.string().nullable(),
	sector: z.string().nullable(),
	asked_at: z.string(),
	status: z.enum(['waiting', 'apart', 'declined'])
};

/** What `my_apart` answers. */
export const mineSchema = z.object({
	forum: z.object({ ...forum, forum_id: z.string() }),
	ended: z.boolean(),
	requests: z.array(z.object(request)),
	left: z.number(),
	readers: z.array(z.string()),
	readings: z.array(z.object({ reader: z.string().nullable(), read_at: z.string() }))
});
export type Mine = z.output<typeof mineSchema>;

/** What `read_apart` answers. */
export const listSchema = z.object({
	forum: z.object(forum),
	requests: z.array(
		z.object({
			...request,
			name: z.string(),
			person: z.string().nullable(),
			asked: z.number(),
			sessions: z.number(),
			open: z.number()
		})
	)
});
export type ApartList = z.output<typeof listSchema>;

/** What `find_apart` answers. */
export const foundSchema = z.array(
	z.object({
		person_id: z.string(),
		name: z.string(),
		organization_name: z.string().nullable(),
		sector: z.string()
	})
);
export type Found = z.output<typeof foundSchema>;
