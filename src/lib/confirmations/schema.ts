import { z } from 'zod';
import { Constants } from '$lib/platform/db/types';
import { text } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { answersOf, CHOICES, contradictions, LENGTHS } from './rules';

const finding = text({ most: LENGTHS.finding });
const recommendation = text({ most: LENGTHS.recommendation });

/** What somebody answers about pairs, by point; the fields begin with the name of the record. */
export const answersSchema = z
	.object({
		session: z.uuid(),
		choice: z.record(z.uuid(), z.array(z.enum(['', ...CHOICES])).max(1)),
		finding: z.record(z.uuid(), z.array(finding).max(1)),
		recommendation: z.record(z.uuid(), z.array(recommendation).max(1))
	})
	.superRefine((sent, { addIssue }) => {
		const answers = answersOf(sent);
		if (answers.length === 0) {
			const [point] = Object.keys(sent.choice).concat(Object.keys(sent.finding));
			const message = m.confirmations_refusal_confirmation_empty();
			addIssue({ code: 'custom', path: ['choice', point ?? ''], message });
		}
		for (const { point, missing } of contradictions(answers)) {
			const message = missing
				? m.confirmations_error_words_missing()
				: m.confirmations_error_words_beside();
			addIssue({ code: 'custom', path: [missing ? 'finding' : 'choice', point], message });
		}
	});

/** Other words that an organizer gives a pair. */
export const rewordingSchema = z.object({
	session: z.uuid(),
	point: z.uuid(),
	finding,
	recommendation
});

const words = z.object({ finding: z.string(), recommendation: z.string() });
const result = z.object({
	count: z.number(),
	yes: z.number(),
	reword: z.number(),
	no: z.number(),
	minority: z.boolean(),
	rewordings: z.array(words)
});
export type Result = z.output<typeof result>;

const point = z.object({
	...words.shape,
	point_id: z.string(),
	until: z.string(),
	open: z.boolean(),
	given: z.boolean(),
	result: result.nullable()
});
export type Point = z.output<typeof point>;

/** What `confirmation_page` answers. */
export const confirmationSchema = z.object({
	forum: z.object({
		slug: z.string(),
		name_en: z.string(),
		name_fr: z.string(),
		time_zone: z.string()
	}),
	session: z.object({ session_id: z.string(), title_en: z.string(), title_fr: z.string() }),
	language: z.enum(Constants.public.Enums.language),
	asked: z.boolean(),
	points: z.array(point)
});

/** What `confirmed_pairs` answers. */
export const pairsSchema = z.array(
	z.object({ part_id: z.string(), until: z.string(), result: result.nullable() })
);
