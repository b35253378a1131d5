import { z } from 'zod';
import { LENGTHS as SECTOR_LENGTHS } from '$lib/directory/rules';
import { Constants } from '$lib/platform/db/types';
import { nextPath } from '$lib/platform/http/paths';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { line, pair, text, versioned } from '$lib/platform/text/fields';
import { inWords } from '$lib/platform/text/lists';
import { LENGTHS } from './rules';

const { language, province } = Constants.public.Enums;

/** The code of a sector; which ones there are and are offered, the database says. */
const sector = z
	.string({ error: () => m.people_error_sector() })
	.regex(/^[a-z][a-z0-9_]+$/, { error: () => m.people_error_sector() });

const email = z
	.string()
	.transform(bareAddress)
	.pipe(
		z
			.string()
			.max(254)
			.regex(/^[^\s@<>()[\]",:;\\]+@(?:[a-z\d-]+\.)+[a-z][a-z\d-]+$/, {
				error: () => m.shared_error_email()
			})
	);

/**
 * The address in what was pasted: without signs that nobody sees, `mailto:`, a name before it or a full stop
 * after it; the domain in the ASCII form that mail servers use.
 */
function bareAddress(typed: string): string {
	const plain = typed
		.normalize('NFKC')
		.replaceAll(/\p{Cf}/gu, '')
		.trim()
		.toLowerCase();
	const inside = /<([^<>]+)>/.exec(plain)?.[1] ?? plain;
	const address = inside
		.trim()
		.replace(/^mailto:/, '')
		.replace(/[.,;]+$/, '');
	const at = address.lastIndexOf('@');
	const domain = address.slice(at + 1);
	if (at < 1 || !/[^\0-\x7f]/.test(domain)) return address;
	const url = `http://${domain}`;
	return URL.canParse(url) ? `${address.slice(0, at)}@${new URL(url).hostname}` : address;
}

/**
 * The addresses of a pasted list, each once, with or without names around them.
 * @param most how many there may be
 */
export function emailList(most: number) {
	return z.string().transform((typed, { addIssue }) => {
		const emails = new Set<string>();
		const wrong: string[] = [];
		for (const row of typed.split(/[\n\r;]+/).filter((each) => each.trim() !== '')) {
			const found = (row.match(/[^\s<>,"()]+@[^\s<>,"()]+/g) ?? []).map((it) =>
				email.safeParse(it)
			);
			if (found.length === 0 || found.some(({ success }) => !success)) wrong.push(row.trim());
			for (const { data } of found) if (data) emails.add(data);
		}
		if (wrong.length > 0) {
			const rows = inWords(
				wrong.slice(0, 3).map((row) => m.shared_quote({ text: row.slice(0, 80) }))
			);
			addIssue(m.people_error_emails({ rows, count: wrong.length }));
		} else if (emails.size === 0) addIssue(m.shared_error_email());
		else if (emails.size > most) addIssue(m.people_error_emails_many({ count: emails.size, most }));
		return [...emails];
	});
}

export const emailSchema = z.object({ email, next: nextPath });

/** Digits as typed on any keyboard, between spaces and dashes. */
function plainDigits(typed: string): string {
	return typed
		.normalize('NFKC')
		.replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
		.replaceAll(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
		.replaceAll(/\D/g, '');
}

export const codeSchema = z.object({
	email,
	code: z
		.string()
		.transform(plainDigits)
		.pipe(z.string().regex(/^\d{6,10}$/, { error: () => m.people_error_code() }))
});

export const linkSchema = z.object({
	token_hash: z.string().min(1).max(200),
	type: z.enum(['magiclink', 'signup']),
	next: nextPath
});

export const profileSchema = z.object({
	name: line({ least: 1, most: LENGTHS.name, missing: m.people_error_name }),
	language: z.enum(language),
	province: z.enum(province, { error: () => m.people_error_province() }),
	sector,
	organization: line({ most: LENGTHS.organization }),
	discreet: z.boolean()
});

/** What organizers look for in the list of people: from the address, so whatever is wrong counts as absent. */
export const searchSchema = z.object({
	search: z.string().trim().max(100).catch(''),
	status: z.enum(['all', 'new', 'suspended', 'organizers']).catch('all'),
	after: z.uuid().nullable().catch(null)
});

/** One line of the list of people. */
const listedSchema = z.object({
	person_id: z.string(),
	name: z.string(),
	/** Null for an account without a mailbox. */
	email: z.string().nullable(),
	organization_name: z.string().nullable(),
	sector: z.string().nullable(),
	province: z.enum(province).nullable(),
	created_at: z.string(),
	approved: z.boolean(),
	suspended: z.boolean(),
	organizer: z.boolean()
});
export type ListedPerson = z.output<typeof listedSchema>;

/** What `people_list` answers. */
export const listSchema = z.object({
	people: z.array(listedSchema),
	more: z.boolean(),
	to_approve: z.number()
});

/** What `person_for_organizers` answers. */
export const aboutSchema = listedSchema
	.omit({ approved: true, suspended: true, organizer: true })
	.extend({
		language: z.enum(language),
		approved_at: z.string().nullable(),
		suspended_at: z.string().nullable(),
		suspended_reason: z.string().nullable(),
		organizer_since: z.string().nullable(),
		is_me: z.boolean(),
		acts: z.array(
			z.object({
				action: z.string(),
				fields: z.array(z.string()),
				acted_at: z.string(),
				actor: z.string().nullable()
			})
		)
	});
export type PersonForOrganizers = z.output<typeof aboutSchema>;

export const suspensionSchema = z.object({ reason: text({ least: 3, most: LENGTHS.reason }) });
export const sectorSchema = z.object({
	sector
});
export const nothing = z.object({});

const sectorName = line({ least: 2, most: SECTOR_LENGTHS.sector });

/** A new sector; `after` is the one before it in the list, or nothing for the first place. */
export const newSectorSchema = z.object({
	...pair('name', sectorName),
	after: z.string(),
	counts: z.enum(['no', 'yes'], { error: () => m.people_sectors_error_counts() })
});

/** An organization of the directory, by its names. */
export const organizationSchema = z.object({
	...pair('name', line({ least: 2, most: LENGTHS.organization }))
});

/** The names and the place of a sector, as an organizer saw and changed them. */
export const namedSectorSchema = versioned({ ...pair('name', sectorName), after: z.string() });

/** What `sectors_for_organizers` answers. */
export const sectorRowsSchema = z.array(
	z.object({
		sector: z.string(),
		name_en: z.string(),
		name_fr: z.string(),
		counts_as_government: z.boolean(),
		retired_at: z.string().nullable(),
		version: z.number(),
		people: z.number()
	})
);
export type SectorRow = z.output<typeof sectorRowsSchema>[number];
