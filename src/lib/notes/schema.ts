import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { pointSchema } from '$lib/priorities/schema';
import { figure } from '$lib/platform/text/figures';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { isPair, LENGTHS } from './rules';

const { language, note_status } = Constants.public.Enums;
const key = z.string().regex(/^([1-6]|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);

/** Parts of notes, each with the version that its editor saw, and what comes next. */
export const noteSchema = z
	.object({
		session: z.uuid(),
		language: z.enum(language),
		version: z.record(key, z.array(z.coerce.number<string>().int().min(0)).max(1)),
		body: z.record(key, z.array(text({ most: LENGTHS.answer })).max(1)),
		recommendation: z.record(key, z.array(text({ most: LENGTHS.recommendation })).max(1)),
		step: z.enum(['ready', 'writing']).optional()
	})
	.superRefine(({ body }, { addIssue }) => {
		for (const [key, [finding = '']] of Object.entries(body)) {
			if (!isPair({ key }) || [...finding].length <= LENGTHS.finding) continue;
			const message = m.shared_error_too_long({ limit: figure(LENGTHS.finding) });
			addIssue({ code: 'custom', path: ['body', key], message });
		}
	});

const session = z.uuid();

/** The session whose notes an organizer opens again or deletes. */
export const sessionSchema = z.object({ session });

/** The version of notes that an organizer read. */
export const reviewSchema = versioned({ session });

/** A passage to be removed, as it is in the notes. */
export const passageSchema = z.object({
	session,
	passage: z.string().trim().normalize('NFC').min(3).max(LENGTHS.passage)
});

/** Somebody named by address, for one session or for all of them. */
export const takerSchema = z.object({
	forum: z.uuid(),
	address: z.email(),
	where: z.union([z.uuid(), z.literal('all')])
});

/** Who no longer takes notes in a session. */
export const noTakerSchema = z.object({ session, person: z.uuid() });

/** What note-takers are asked, one prompt a line. */
export const promptsSchema = versioned({
	forum: z.uuid(),
	...pair('prompts', text({ least: 1, most: LENGTHS.prompts }))
});

const theme = z.uuid();

/** A new theme; the form makes its id. */
export const themeSchema = z.object({
	theme,
	forum: z.uuid(),
	...pair('title', line({ least: 2, most: LENGTHS.theme }))
});

/** Under which theme a pair goes, or none. */
export const placeSchema = z.object({ pair: z.uuid(), theme: z.union([theme, z.literal('')]) });

const { title_en, title_fr } = pointSchema.shape;

/** A priority that is made from a theme. */
export const listedSchema = z.object({ theme, area: z.uuid(), title_en, title_fr });

/** The theme that goes. */
export const noThemeSchema = z.object({ theme });

const titles = { title_en: z.string(), title_fr: z.string() };
const forum = z.object({
	forum_id: z.string(),
	slug: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	time_zone: z.string()
});
const about = {
	session_id: z.string(),
	...titles,
	starts_at: z.string().nullable(),
	ends_at: z.string().nullable(),
	room_en: z.string(),
	room_fr: z.string(),
	closed_to_government: z.boolean()
};
const status = z.enum(note_status).nullable();

/** What `my_notes` answers. */
export const mineSchema = z.object({
	forum,
	sessions: z.array(z.object({ ...about, status, takes: z.boolean(), pairs: z.number() }))
});

const part = z.object({
	key: z.string(),
	prompt_en: z.string(),
	prompt_fr: z.string(),
	body: z.string(),
	recommendation: z.string(),
	version: z.number(),
	redacted_at: z.string().nullable()
});
export type NotePart = z.output<typeof part>;

/** What `note_page` answers. */
export const pageSchema = z.object({
	forum,
	session: z.object(about),
	takes: z.boolean(),
	organizer: z.boolean(),
	closed: z.boolean(),
	language: z.enum(language).nullable(),
	status,
	version: z.number(),
	saved_at: z.string().nullable(),
	answers: z.array(part),
	pairs: z.array(part),
	blanks: z.array(z.string())
});
export type NotePage = z.output<typeof pageSchema>;

/** What `note_conflicts` answers. */
export const conflictsSchema = z.object({ version: z.number(), parts: z.array(part) });

/** What `save_note` answers. */
export const savedSchema = z.object({
	saved_at: z.string(),
	parts: z.array(z.object({ key: z.string(), version: z.number() }))
});

export type Saved = z.output<typeof savedSchema>;

/** What `note_versions` answers. */
export const versionsSchema = z.array(
	part.omit({ redacted_at: true }).extend({ saved_at: z.string(), name: z.string().nullable() })
);
export type NoteVersion = z.output<typeof versionsSchema>[number];

const person = { person_id: z.string(), name: z.string() };

/** What `notes_for_organizers` answers. */
export const organizeSchema = z.object({
	forum,
	prompts: z.object({
		prompts_en: z.array(z.string()),
		prompts_fr: z.array(z.string()),
		version: z.number()
	}),
	everywhere: z.array(z.object({ ...person, role_id: z.string() })),
	sessions: z.array(
		z.object({
			...about,
			status,
			saved_at: z.string().nullable(),
			pairs: z.number(),
			takers: z.array(z.object(person))
		})
	)
});
export type OrganizeNotes = z.output<typeof organizeSchema>;

/** What `themes_for_organizers` answers. */
export const themesSchema = z.object({
	forum,
	areas: z.array(z.object({ area_id: z.string(), name_en: z.string(), name_fr: z.string() })),
	pairs: z.array(
		z.object({
			part_id: z.string(),
			theme_id: z.string().nullable(),
			finding: z.string(),
			recommendation: z.string(),
			language: z.enum(language),
			session_id: z.string(),
			...titles
		})
	),
	themes: z.array(
		z.object({
			theme_id: z.string(),
			...titles,
			priorities: z.array(z.object({ priority_id: z.string(), ...titles }))
		})
	)
});
export type Themes = z.output<typeof themesSchema>;
export type ThemePair = Themes['pairs'][number];
