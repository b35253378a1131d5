import { z } from 'zod';
import type { ForumLine } from '$lib/platform/domain';
import { m } from '$lib/platform/text/i18n/paraglide/messages';

const count = z.number().int().nonnegative();
const forumSchema = z.object({
	slug: z.string(),
	questions: count,
	questions_incomplete: count
});

/** The way to the questions, how many there are, and how many lack a language. */
export function forumLines(gathered: unknown): ForumLine[] {
	const { slug, questions, questions_incomplete } = forumSchema.parse(gathered);
	const incomplete = m.questions_row_incomplete({ count: questions_incomplete });
	return [
		{
			text: m.questions_row({ count: questions }),
			path: `/organize/forums/${slug}/questions`,
			...(questions_incomplete > 0 && { note: incomplete })
		}
	];
}
