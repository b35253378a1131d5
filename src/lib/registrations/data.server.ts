import { brief } from '$lib/forums/data.server';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { FormResult } from '$lib/platform/http/form';
import { wake } from '$lib/platform/jobs/worker.server';
import { Constants } from '$lib/platform/db/types';
import { z } from 'zod';
import {
	type Decision,
	draftSchema,
	type EditInput,
	type inviteSchema,
	type ModeInput,
	offerSchema,
	type reserveSchema,
	reservesSchema,
	type RegistrationInput,
	rosterSchema,
	type RosterSearch,
	type rulesSchema,
	settingsSchema,
	storySchema
} from './schema';

const answers =
	'registration_id, calendar_sequence, mode, status, name, badge_name, language, province, sector, organization_name, waitlist_position, silent_since, offer, handed_to, refusal_reason, visibility';

/** What `public.invitation` answers. */
const invitationSchema = z
	.object({
		mode: z.enum(Constants.public.Enums.mode),
		expires_at: z.string(),
		hand_over: z.boolean(),
		holds_spot: z.boolean()
	})
	.nullable();

/** One person's registration for a forum, cancelled ones too, or null. `waitlist_position` counts from 1. */
export function mine(db: Db, forumId: string, personId: string) {
	return answer(
		db
			.from('registrations')
			.select(answers)
			.eq('forum_id', forumId)
			.eq('person_id', personId)
			.maybeSingle()
	);
}

/** A forum and one person's registration for it in one call, or null when there is no such forum. */
export async function withForum(db: Db, slug: string, personId: string) {
	const found = await answer(
		db
			.from('forums')
			.select(
				`${brief}, last_change, edits_until, approval, reserves, invitation, registration_draft, fee_choices, bursaries_until, registrations (${answers}, fee, bursary, my_check_in)` as const
			)
			.eq('slug', slug)
			.eq('registrations.person_id', personId)
			.limit(1, { referencedTable: 'registrations' })
			.maybeSingle()
	);
	if (!found) return null;
	const { registrations, approval, reserves, invitation, registration_draft, ...rest } = found;
	const { fee_choices, bursaries_until, ...forum } = rest;
	const [mine] = registrations;
	return {
		forum,
		draft: draftSchema.parse(registration_draft),
		fee_choices,
		bursaries_until,
		approval: approval ?? 'none',
		reserves: reservesSchema.parse(reserves) ?? [],
		invitation: invitationSchema.parse(invitation),
		registration: mine ? { ...mine, offer: offerSchema.parse(mine.offer) } : null
	};
}

/** The registrations of one person in all forums. */
export function ofPerson(db: Db, personId: string) {
	return answer(
		db
			.from('registrations')
			.select('forum_id, mode, status, waitlist_position')
			.eq('person_id', personId)
			.order('joined_at')
			.limit(100)
	);
}

/** Saves what the person who asks has typed to register, for a day or until it is sent. */
export function saveDraft(db: Db, forum_id: string, typed: NonNullable<FormResult['values']>) {
	return write(db.rpc('save_registration_draft', { forum_id, typed }), []);
}

/**
 * Registers the person who asks, and saves their profile.
 * @returns `outcome` confirmed, waitlisted or already; `waitlist_position` for those who wait
 */
export async function register(db: Db, input: RegistrationInput) {
	const { organization, forum, step, ...rest } = input;
	const [outcome] = await write(
		db.rpc('register', { ...rest, organization_name: organization, forum_id: forum }),
		['registrations']
	);
	wake();
	return outcome!;
}

/** Changes one's own registration and profile, not one's place. @throws Refusal edits_closed, not_registered, answers_missing */
export function edit(db: Db, { organization, forum, ...input }: EditInput) {
	return write(
		db.rpc('edit_registration', { ...input, organization_name: organization, forum_id: forum }),
		[]
	);
}

/** Sets the last day on which people change their registration; nothing for the day before the forum. */
export function setEditsUntil(db: Db, forum_id: string, day: string) {
	// The generator knows no argument that may be null.
	return write(db.rpc('set_edits_until', { forum_id, day: (day || null) as string }), []);
}

/** Cancels the registration of the person who asks; harmless when it is cancelled. */
export async function cancel(db: Db, forumId: string): Promise<void> {
	await write(db.rpc('cancel_registration', { forum_id: forumId }), ['registrations', 'sessions']);
	wake();
}

/** Takes the spot that is offered: `confirmed`, or `waitlisted` when it is late, at the same place in line. */
export async function accept(db: Db, forumId: string): Promise<string> {
	const outcome = await write(db.rpc('accept_spot', { forum_id: forumId }), ['registrations']);
	wake();
	return outcome;
}

/** Takes part in the other way; refused without a free spot there, and then nothing changes. */
export async function changeMode(db: Db, forumId: string, mode: ModeInput['mode']): Promise<void> {
	await write(db.rpc('change_mode', { forum_id: forumId, mode }), ['registrations', 'sessions']);
	wake();
}

/** Offers one's spot to the owner of an address, who has 7 days to register with it. */
export async function handOver(db: Db, forumId: string, email: string): Promise<void> {
	await write(db.rpc('hand_over', { forum_id: forumId, email }), ['registrations']);
	wake();
}

/** Keeps one's spot after all. */
export async function endHandOver(db: Db, forumId: string): Promise<void> {
	await write(db.rpc('end_hand_over', { forum_id: forumId }), ['registrations']);
}

/** Offers spots whose time has come. @returns how many forums have somebody who waits */
export function offerDueSpots(db: Db): Promise<number> {
	return write(db.rpc('offer_due_spots'), ['registrations']);
}

/** Up to 50 registrations of a forum that fit what is looked for, with counts. Organizers only. */
export async function roster(db: Db, forum_id: string, asked: RosterSearch) {
	// In an address null would be a word.
	const filters = Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
	const found = await answer(db.rpc('roster', { forum_id, ...filters }, { get: true }));
	return rosterSchema.nullable().parse(found);
}

/** How a forum takes people in, its free spots and its open invitations, or null. Organizers only. */
export async function settings(db: Db, forum_id: string) {
	const found = await answer(db.rpc('registration_settings', { forum_id }, { get: true }));
	return settingsSchema.nullable().parse(found);
}

/** One registration with everything that happened to it, or null. Organizers only. */
export async function story(db: Db, registration_id: string) {
	const found = await answer(db.rpc('registration_story', { registration_id }, { get: true }));
	return storySchema.nullable().parse(found);
}

/**
 * Carries out what an organizer decided about several registrations.
 * @returns how many have which status now; `already` were decided by somebody else before
 * @throws Refusal registration_not_found, reason_missing, forum_cancelled
 */
export async function decide(db: Db, { forum, reached, act, reason }: Decision) {
	const about = { forum_id: forum, registration_ids: reached, reason };
	const outcome = { confirmed: 0, waitlisted: 0, refused: 0, cancelled: 0, already: 0 };
	if (act === 'refuse') {
		outcome.refused = await write(db.rpc('refuse_registrations', about), ['registrations']);
	} else if (act === 'cancel') {
		outcome.cancelled = await write(db.rpc('cancel_registrations', about), [
			'registrations',
			'sessions'
		]);
	} else {
		const over_capacity = act === 'over_capacity';
		const rows = await write(db.rpc('approve_registrations', { ...about, over_capacity }), [
			'registrations'
		]);
		for (const { status, decided } of rows) {
			if (decided && status !== 'pending') outcome[status] += 1;
		}
	}
	const { confirmed, waitlisted, refused, cancelled } = outcome;
	outcome.already = reached.length - confirmed - waitlisted - refused - cancelled;
	wake();
	return outcome;
}

/** Moves somebody who waits to another place in line. @throws Refusal not_waitlisted */
export function move(db: Db, registration_id: string, place: number, reason: string) {
	return write(db.rpc('move_in_line', { registration_id, place, reason }), []);
}

/** Saves whether an organizer approves registrations, and how long an offer lasts. */
export function saveRules(db: Db, { forum, ...rules }: z.output<typeof rulesSchema>) {
	return write(db.rpc('save_registration_rules', { ...rules, forum_id: forum }), ['registrations']);
}

/**
 * Invites addresses to register once; who is registered already is left out.
 * @returns how many are invited
 * @throws Refusal no_spot_to_hold, mode_not_offered, invite_to_draft, registered_already
 */
export async function invite(db: Db, { forum, ...rest }: z.output<typeof inviteSchema>) {
	const invited = await write(db.rpc('invite', { ...rest, forum_id: forum }), ['registrations']);
	wake();
	return invited;
}

/** Reserves spots until a day. @throws Refusal reserves_beyond_capacity, reserve_release_day, reserve_for_nobody */
export function reserve(db: Db, { forum, ...rest }: z.output<typeof reserveSchema>) {
	return write(db.rpc('add_reserve', { ...rest, forum_id: forum }), ['registrations']);
}

/** Ends a reserve before its day; its free spots are offered to those who wait. */
export async function releaseReserve(db: Db, reserve_id: string) {
	await write(db.rpc('release_reserve', { reserve_id }), ['registrations']);
	wake();
}

/** Ends an invitation; a spot that it held is offered to those who wait. */
export async function revokeInvitation(db: Db, invitation_id: string) {
	await write(db.rpc('revoke_invitation', { invitation_id }), ['registrations']);
	wake();
}
