import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { line } from '$lib/platform/text/fields';
import { LENGTHS } from './rules';

const { language, province, sector } = Constants.public.Enums;

/** A path of this site, never of another one, encoded as a header can carry it. */
const path = z
	.string()
	.regex(/^\/(?![/\\])[!-[\]-~]*$/)
	.max(500);

/** Where to go after signing in. */
const next = path.catch('');

export const emailSchema = z.object({
	email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
	next
});

export const codeSchema = z.object({
	email: emailSchema.shape.email,
	code: z
		.string()
		.transform((typed) => typed.replaceAll(/\D/g, ''))
		.pipe(z.string().regex(/^\d{6,10}$/, { error: () => m.people_error_code() })),
	next
});

/** The action of this site that a form was sent to. */
export const formPathSchema = path.catch('/');

export const linkSchema = z.object({
	token_hash: z.string().min(1).max(200),
	type: z.enum(['magiclink', 'signup'])
});

export const profileSchema = z.object({
	name: line({ least: 1, most: LENGTHS.name, missing: m.people_error_name }),
	language: z.enum(language),
	province: z.enum(province, { error: () => m.people_error_province() }),
	sector: z.enum(sector, { error: () => m.people_error_sector() }),
	organization: line({ most: LENGTHS.organization }),
	discreet: z.boolean()
});
