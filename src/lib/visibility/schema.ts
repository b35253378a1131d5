import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { SHOWN } from './rules';

const { audience } = Constants.public.Enums;

/** Whom a person shows themselves to: `except` are codes of sectors, or `GOVERNMENT` for all that count as one. */
export const choiceSchema = z.object({
	forum: z.uuid(),
	audience: z.enum(audience, { error: () => m.visibility_error_audience() }),
	except: z.array(z.string().max(60)).max(200),
	shows: z.array(z.enum(SHOWN))
});

/** Whether a forum has a list of participants. */
export const listSchema = z.object({ forum: z.uuid(), shown: z.enum(['yes', 'no']) });

const list = z.enum(['open', 'off', 'closed']);
const forum = { slug: z.string(), name_en: z.string(), name_fr: z.string(), ends_on: z.iso.date() };

/** What the column `visibility` of one's own registration answers. */
export const stateSchema = z.object({ audience: z.enum(audience), list });
export type State = z.output<typeof stateSchema>;

/** What `my_visibility` answers. */
export const mineSchema = z.object({
	forum: z.object({ ...forum, forum_id: z.string() }),
	list,
	confirmed: z.boolean(),
	appears: z.boolean(),
	audience: z.enum(audience),
	except_government: z.boolean(),
	except_sectors: z.array(z.string()),
	shows_organization: z.boolean(),
	shows_sector: z.boolean(),
	name: z.string(),
	organization_name: z.string().nullable(),
	sector: z.string(),
	seen_by: z.array(z.string())
});
export type Mine = z.output<typeof mineSchema>;

const entry = z.object({
	entry_id: z.string(),
	name: z.string(),
	organization_name: z.string().nullable(),
	sector: z.string().nullable()
});
export type Entry = z.output<typeof entry>;

/** What `participants` answers. */
export const participantsSchema = z.object({
	forum: z.object(forum),
	status: z.enum(['open', 'off', 'closed', 'not_confirmed', 'not_approved']),
	count: z.number(),
	people: z.array(entry),
	next: z.string().nullable()
});
export type Participants = z.output<typeof participantsSchema>;
