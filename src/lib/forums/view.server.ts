import type { z } from 'zod';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { columnsOf, type forEditing } from './data.server';
import { gapsOf } from './rules';
import type { forumSchema } from './schema';

/**
 * What to fix before a forum that everyone can read is saved, by field: what it cannot do without, and the days when
 * they are wrong too; null when none of the fields lacks anything.
 */
export function faultsIn(
	typed: z.output<typeof forumSchema>,
	saved: Awaited<ReturnType<typeof forEditing>>
): Record<string, string> | null {
	const lacking = saved ? gapsOf({ ...saved, ...columnsOf(typed) }) : [];
	const fields = lacking
		.map((gap) => (gap === 'capacity' ? 'capacity_in_person' : gap))
		.filter((field) => field in typed);
	if (fields.length === 0) return null;
	const errors = Object.fromEntries(fields.map((field) => [field, m.forums_error_lacking()]));
	const late = typed.ends_on < typed.starts_on;
	return late ? { ...errors, ends_on: m.forums_refusal_forums_dates_in_order() } : errors;
}
