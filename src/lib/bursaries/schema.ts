import { z } from 'zod';
import { amount, storySchema as feeSchema } from '$lib/fees/schema';
import { Constants } from '$lib/platform/db/types';
import { text, versioned } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { COSTS, LENGTHS, MOST, type Cost } from './rules';

const { bursary_decision } = Constants.public.Enums;

const cost = amount(MOST.cost, m.bursaries_refusal_bursaries_costs_range, 0);
const costs = Object.fromEntries(COSTS.map((kind) => [kind, cost])) as Record<Cost, typeof cost>;

/** What a person asks for, by kind of cost; nothing typed is nothing. */
export const requestSchema = z
	.object({
		forum: z.uuid(),
		...costs,
		organization_pays: z.boolean(),
		words: text({ most: LENGTHS.words })
	})
	.superRefine((asked, { addIssue }) => {
		if (COSTS.every((kind) => asked[kind] === 0)) {
			const message = m.bursaries_refusal_bursaries_ask_for_something();
			addIssue({ code: 'custom', path: [COSTS[0]], message });
		}
	});

export const forumOnly = z.object({ forum: z.uuid() });

const day = z.literal('').or(z.iso.date());

/** Until when people may ask; no day for a forum without bursaries. */
export const rulesSchema = z.object({
	forum: z.uuid(),
	requests_until: day,
	budget: amount(MOST.budget, m.bursaries_refusal_bursary_rules_budget_range, -1)
});

export const reasonSchema = z.object({
	reason: text({
		least: 3,
		most: LENGTHS.reason,
		missing: m.bursaries_refusal_bursaries_reason_of_no
	})
});

/** A decision about a request as the organizer has read it; part of it says how much. */
export const decisionSchema = versioned({
	request: z.uuid(),
	decision: z.enum(bursary_decision, {
		error: () => m.bursaries_refusal_bursary_decision_missing()
	}),
	granted: amount(MOST.cost * COSTS.length, m.bursaries_refusal_bursaries_part_of_total, -1),
	reason: z.string()
}).superRefine(({ decision, granted, reason }, { addIssue }) => {
	if (decision === 'part' && granted < 0) {
		const message = m.bursaries_refusal_bursaries_part_of_total();
		addIssue({ code: 'custom', path: ['granted'], message });
	}
	const said =
		decision === 'full' && reason.trim() === '' ? null : reasonSchema.safeParse({ reason });
	for (const { message } of said?.error?.issues ?? []) {
		addIssue({ code: 'custom', path: ['reason'], message });
	}
});

/** The day on which a bursary was paid; nothing takes that back. */
export const paidSchema = z.object({ request: z.uuid(), paid_on: day });

/** The fee of whose request an organizer has read is waived. */
export const waiveSchema = z.object({ forum: z.uuid(), registration: z.uuid(), request: z.uuid() });

/** What organizers look at, as the address says. */
export const askedSchema = z.object({
	list: z.enum(['waiting', 'decided']).catch('waiting'),
	after: z.uuid().nullable().catch(null),
	request: z.uuid().nullable().catch(null)
});

const decided = {
	total: z.number(),
	decision: z.enum(bursary_decision).nullable(),
	granted: z.number().nullable(),
	paid_on: z.string().nullable()
};

/** What the column `bursary` of a registration holds; null for who has not asked. */
export const bursarySchema = z.object(decided).nullable();
export type Bursary = NonNullable<z.output<typeof bursarySchema>>;

const request = {
	bursary_id: z.string(),
	...(Object.fromEntries(COSTS.map((kind) => [kind, z.number()])) as Record<Cost, z.ZodNumber>),
	...decided,
	organization_pays: z.boolean(),
	words: z.string(),
	asked_at: z.string(),
	version: z.number(),
	reason: z.string().nullable(),
	decided_at: z.string().nullable()
};
const forum = {
	forum_id: z.string(),
	slug: z.string(),
	name_en: z.string(),
	name_fr: z.string(),
	ends_on: z.string()
};

/** What `my_bursary` answers. */
export const mineSchema = z.object({
	forum: z.object({ ...forum, time_zone: z.string() }),
	until: z.string().nullable(),
	may_ask: z.boolean(),
	request: z.object(request).nullable(),
	readings: z.array(z.object({ reader: z.string().nullable(), read_at: z.string() }))
});
export type Request = NonNullable<z.output<typeof mineSchema>['request']>;

/** What `bursaries_for_organizers` answers. */
export const overviewSchema = z.object({
	forum: z.object({ ...forum, starts_on: z.string() }),
	rules: z.object({ requests_until: z.string(), budget: z.number().nullable() }).nullable(),
	totals: z.object({
		waiting: z.number(),
		decided: z.number(),
		asked: z.number(),
		granted: z.number(),
		paid: z.number()
	}),
	hidden: z.number(),
	figures: z.object({ bursaries: z.number(), granted: z.number() }).nullable(),
	requests: z.array(
		z.object({
			bursary_id: z.string(),
			name: z.string(),
			organization_name: z.string().nullable(),
			...decided,
			asked_at: z.string(),
			ended: z.boolean()
		})
	),
	more: z.boolean()
});
export type Overview = z.output<typeof overviewSchema>;

/** What `read_bursary` answers. */
export const fileSchema = z.object({
	...request,
	name: z.string(),
	organization_name: z.string().nullable(),
	email: z.string().nullable(),
	decider: z.string().nullable(),
	registration_id: z.string().nullable(),
	ended: z.boolean(),
	owed: feeSchema
});
export type File = z.output<typeof fileSchema>;
