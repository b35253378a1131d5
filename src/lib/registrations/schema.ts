import { z } from 'zod';
import { day } from '$lib/forums/schema';
import { LENGTHS } from '$lib/people/rules';
import { emailList, emailSchema, profileSchema } from '$lib/people/schema';
import { answeredSchema, answersField } from '$lib/questions/schema';
import { Constants } from '$lib/platform/db/types';
import { line, text } from '$lib/platform/text/fields';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import { ACTS, LIMITS, needsReason, STEPS } from './rules';

const { approval, language, mode, province, registration_status } = Constants.public.Enums;

/** What a person tells to register. Most of it becomes their profile as well. */
export const registrationSchema = z.object({
	forum: z.uuid(),
	name: profileSchema.shape.name,
	badge_name: line({ most: LENGTHS.name }),
	organization: profileSchema.shape.organization,
	province: profileSchema.shape.province,
	sector: profileSchema.shape.sector,
	language: z.enum(language, { error: () => m.registrations_error_language() }),
	mode: z.enum(mode, { error: () => m.registrations_error_mode() }),
	discreet: profileSchema.shape.discreet,
	answers: answersField,
	step: z.enum(STEPS).catch('about')
});

/** The same on the way to another step of the page: whatever was typed so far goes along. */
export const carriedSchema = z.object({
	...Object.fromEntries(
		Object.keys(registrationSchema.shape).map((name) => [name, z.string().catch('')])
	),
	discreet: z.boolean(),
	answers: answersField
});

/** What `public.registration_draft` answers: what was typed, by the names of the fields. */
export const draftSchema = z.record(z.string(), z.string().or(z.array(z.string()))).nullable();

/** What a person changes of their registration. */
export const editSchema = registrationSchema.pick({
	forum: true,
	name: true,
	badge_name: true,
	organization: true,
	province: true,
	language: true,
	answers: true
});

/** The last day on which people change their registration; nothing for the day before the forum. */
export const editsUntilSchema = z.object({
	day: z
		.literal('')
		.or(z.iso.date())
		.refine((typed) => typed === '' || typed.startsWith('20'), {
			error: () => m.forums_error_day()
		})
});

/** What a person does about their registration for a forum, without further words. */
export const forumOnly = z.object({ forum: z.uuid() });

/** Taking part in the other way. */
export const modeSchema = z.object({ forum: z.uuid(), mode: registrationSchema.shape.mode });
export type ModeInput = z.output<typeof modeSchema>;

/** Offering one's spot to a colleague. */
export const handOverSchema = z.object({ forum: z.uuid(), email: emailSchema.shape.email });

export type EditInput = z.output<typeof editSchema>;
export type RegistrationInput = z.output<typeof registrationSchema>;

/** What organizers look for in the roster: from the address, so whatever is wrong counts as absent. */
export const rosterSearchSchema = z.object({
	search: z.string().trim().max(100).catch(''),
	status: z.enum(registration_status).nullable().catch(null),
	mode: z.enum(mode).nullable().catch(null),
	province: z.enum(province).nullable().catch(null),
	sector: profileSchema.shape.sector.nullable().catch(null),
	after: z.uuid().nullable().catch(null)
});
export type RosterSearch = z.output<typeof rosterSearchSchema>;

/** What `public.offer` answers: until when a spot is offered, and whether to all who wait. */
export const offerSchema = z.object({ until: z.string(), last_call: z.boolean() }).nullable();

const reserved = z.object({
	mode: z.enum(mode),
	provinces: z.array(z.enum(province)),
	sectors: z.array(z.string()),
	releases_at: z.string()
});
/** What `public.reserves` answers: spots that are not for everybody yet. */
export const reservesSchema = z.array(reserved).nullable();
export type Reserve = z.output<typeof reserved>;

/** What organizers read of a registration, in the roster and on its own page. */
const registered = z.object({
	registration_id: z.string(),
	person_id: z.string(),
	name: z.string(),
	email: z.string().nullable(),
	organization_name: z.string().nullable(),
	mode: z.enum(mode),
	status: z.enum(registration_status),
	province: z.enum(province),
	sector: z.string(),
	language: z.enum(language),
	joined_at: z.string(),
	over_capacity: z.boolean(),
	silent_since: z.string().nullable(),
	approved: z.boolean(),
	position: z.number().nullable(),
	offer: offerSchema
});
export type RosterRow = z.output<typeof registered>;

const free = z.object({ in_person: z.number().nullable(), online: z.number().nullable() });
/** What `roster` answers. */
export const rosterSchema = z.object({
	people: z.array(registered),
	more: z.boolean(),
	counts: z.partialRecord(z.enum(registration_status), z.number()),
	free
});
export type Roster = z.output<typeof rosterSchema>;

/** What `registration_settings` answers. */
export const settingsSchema = z.object({
	rules: z.object({ approval: z.enum(approval), offer_hours: z.number() }),
	free,
	reserves: z.array(
		reserved.extend({ reserve_id: z.string(), spots: z.number(), filled: z.number() })
	),
	invitations: z.array(
		z.object({
			invitation_id: z.string(),
			email: z.string(),
			mode: z.enum(mode),
			holds_spot: z.boolean(),
			expires_at: z.string()
		})
	)
});
export type Settings = z.output<typeof settingsSchema>;

/** One thing that happened to a registration; `facts` are as the act wrote them. */
const entrySchema = z.object({
	at: z.string(),
	act: z.string(),
	reason: z.string().nullable(),
	actor: z.string().nullable(),
	facts: z.object({
		status: z.enum(registration_status).optional(),
		mode: z.enum(mode).optional(),
		until: z.string().optional(),
		from: z.number().optional(),
		to: z.number().optional()
	})
});
export type HistoryEntry = z.output<typeof entrySchema>;

/** What `registration_story` answers. */
export const storySchema = registered.extend({
	forum_id: z.string(),
	badge_name: z.string().nullable(),
	answers: z.array(answeredSchema),
	confirmed_at: z.string().nullable(),
	suspended: z.boolean(),
	free: z.number().nullable(),
	history: z.array(entrySchema)
});
export type Story = z.output<typeof storySchema>;

/** Why an organizer decides. */
export const reasonSchema = z.object({
	reason: text({
		least: LIMITS.reason.least,
		most: LIMITS.reason.most,
		missing: m.registrations_error_reason
	})
});

/** A decision about registrations; only an approval needs no reason. `reached` are those that its review named. */
export const decisionSchema = z
	.object({
		forum: z.uuid(),
		registration: z
			.array(z.uuid())
			.min(1, { error: () => m.registrations_error_nobody() })
			.max(LIMITS.registrations),
		reached: z.array(z.uuid()).max(LIMITS.registrations),
		act: z.enum(ACTS),
		reason: z.string()
	})
	.superRefine(({ act, reason }, { addIssue }) => {
		if (!needsReason(act) && reason.trim() === '') return;
		const checked = reasonSchema.safeParse({ reason });
		for (const { message } of checked.error?.issues ?? []) {
			addIssue({ code: 'custom', path: ['reason'], message });
		}
	});
export type Decision = z.output<typeof decisionSchema>;

/** Another place in line, with a reason. */
export const moveSchema = z.object({
	place: wholeNumber(1, 100_000, m.registrations_error_place),
	reason: reasonSchema.shape.reason
});

/** How a forum takes people in. */
export const rulesSchema = z.object({
	forum: z.uuid(),
	approval: z.enum(approval),
	offer_hours: wholeNumber(1, 240, m.registrations_refusal_registration_rules_offer_hours_range)
});

/** Addresses that may register once. */
export const inviteSchema = z.object({
	forum: z.uuid(),
	emails: emailList(200),
	mode: registrationSchema.shape.mode,
	language: z.enum(language, { error: () => m.registrations_error_language() }),
	holds_spot: z.boolean(),
	days: wholeNumber(1, 60, m.registrations_error_days)
});

/** Spots for people of some provinces, some sectors, or both, until a day. */
export const reserveSchema = z.object({
	forum: z.uuid(),
	mode: registrationSchema.shape.mode,
	spots: wholeNumber(1, 5000, m.registrations_refusal_reserves_spots_range),
	provinces: z.array(z.enum(province)),
	sectors: z.array(profileSchema.shape.sector),
	releases_on: day
});

export const reserveOnly = z.object({ reserve: z.uuid() });
export const invitationOnly = z.object({ invitation: z.uuid() });

function wholeNumber(least: number, most: number, sentence: () => string) {
	const error = sentence;
	return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}
