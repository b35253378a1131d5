import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, pair, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { LENGTHS, MOST, secureAddress } from './rules';

const { material_audience, material_type, session_language } = Constants.public.Enums;

const about = {
	session: z.literal('').or(z.uuid()),
	audience: z.enum(material_audience, { error: () => m.materials_error_audience() }),
	language: z.enum(session_language, { error: () => m.materials_error_language() }),
	...pair('title', line({ least: 2, most: LENGTHS.title }))
};

const url = line({ least: 1, most: LENGTHS.url })
	.transform((typed) => secureAddress(typed) ?? '')
	.refine((address) => address !== '' && address.length <= LENGTHS.url, {
		error: () => m.materials_error_url()
	});

/** A file that an organizer adds; the id is made by the form. */
export const fileSchema = z.object({
	material: z.uuid(),
	...about,
	file: z
		.file()
		.min(1, { error: () => m.materials_refusal_file_empty() })
		.max(MOST.file)
});

/** A link that an organizer adds. */
export const linkSchema = z.object({ material: z.uuid(), ...about, url });

/** What an organizer changes of a file, and of a link. */
export const fileEditSchema = versioned({ material: z.uuid(), ...about });
export const linkEditSchema = versioned({ material: z.uuid(), ...about, url });

/** The material that a button is about. */
export const materialSchema = z.object({ material: z.uuid() });

const titles = { title_en: z.string(), title_fr: z.string() };
const material = z.object({
	material_id: z.string(),
	session_id: z.string().nullable(),
	session: z.object(titles).nullable(),
	audience: z.enum(material_audience),
	language: z.enum(session_language),
	...titles,
	url: z.string().nullable(),
	type: z.enum(material_type).nullable(),
	bytes: z.number().nullable(),
	version: z.number()
});
export type Material = z.output<typeof material>;

const forum = { slug: z.string(), name_en: z.string(), name_fr: z.string() };

/** What `materials_page` answers. */
export const pageSchema = z.object({
	forum: z.object({ ...forum, published: z.boolean().nullable() }),
	materials: z.array(material)
});

/** What `materials_for_organizers` answers. */
export const organizedSchema = z.object({
	forum: z.object({ ...forum, forum_id: z.string() }),
	sessions: z.array(z.object({ session_id: z.string(), ...titles, closed: z.boolean() })),
	bytes: z.number(),
	materials: z.array(material)
});
export type Organized = z.output<typeof organizedSchema>;

/** What `material_file` answers. */
export const storedSchema = z.object({
	file_id: z.uuid(),
	type: z.enum(material_type),
	...titles
});
