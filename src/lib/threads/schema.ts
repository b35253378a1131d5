import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { oneLine } from '$lib/platform/text/line';
import { LIMITS } from './rules';

/** Text as a person counts it: browsers send two characters for the end of a line, UTF-16 two for some emails. */
function text(limit: number) {
	return z
		.string()
		.overwrite((typed) => typed.replaceAll('\r\n', '\n').replaceAll('\0', '').trim())
		.check(({ value, issues }) => {
			if ([...value].length > limit) {
				issues.push({ code: 'too_big', origin: 'string', maximum: limit, input: value });
			}
		});
}

// Emails that draw nothing do not make a post.
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

// Accents upon accents reach into the lines above and below.
const tower = /(\p{M}{4})\p{M}+/gu;

const body = text(LIMITS.body).regex(visible, { error: () => m.threads_error_body() });
const language = z.enum(Constants.public.Enums.language);

export const threadSchema = z.object({
	title: text(LIMITS.title)
		.overwrite((typed) => oneLine(typed.replaceAll(/\s+/g, ' ')).replaceAll(tower, '$1'))
		.min(3, { error: () => m.threads_error_title() })
		.regex(visible, { error: () => m.threads_error_title() }),
	language,
	body,
	// Not a transform: the form's reader has to see that this is a list.
	committees: z
		.array(z.string().max(40))
		.max(50)
		.overwrite((slugs) => [...new Set(slugs)])
		.min(1, { error: () => m.threads_error_committees() }),
	closed_to_government: z.boolean(),
	key: z.uuid()
});

export const replySchema = z.object({ body, language, key: z.uuid() });

const which = { post: z.uuid(), number: z.coerce.number().int().min(1) };

/** `version`: of the post when it was opened for editing. */
export const editSchema = z.object({ ...which, version: z.coerce.number().int().min(1), body });

export const deletionSchema = z.object(which);

export const closingSchema = z.object({ closed: z.enum(['yes', 'no']) });
