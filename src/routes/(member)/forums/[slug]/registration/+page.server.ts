import type { z } from 'zod';
import { bursarySchema } from '$lib/bursaries/schema';
import { mineSchema as checkInSchema } from '$lib/checkins/schema';
import { drawn } from '$lib/checkins/view.server';
import { choicesSchema, feeSchema } from '$lib/fees/schema';
import * as questions from '$lib/questions/data.server';
import { stateSchema } from '$lib/visibility/schema';
import { answersOf } from '$lib/questions/rules';
import * as mailings from '$lib/mailings/data.server';
import * as registrations from '$lib/registrations/data.server';
import { forumOnly, handOverSchema, modeSchema } from '$lib/registrations/schema';
import { reserveWords } from '$lib/registrations/words';
import { freeTimes } from '$lib/sessions/rules';
import { waitLines, whenOf } from '$lib/sessions/words';
import * as directory from '$lib/directory/data.server';
import { sectorName } from '$lib/directory/words';
import * as sessions from '$lib/sessions/data.server';
import { hasMailbox } from '$lib/people/rules';
import * as vouched from '$lib/vouched/data.server';
import type { Db } from '$lib/platform/db/client.server';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { moment } from '$lib/platform/text/dates';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db, account, person } = locals;
	const [own, asked, received] = await Promise.all([
		registrations.withForum(db, params.slug, account!.id),
		questions.answered(db, params.slug),
		mailings.received(db, params.slug)
	]);
	const { forum, registration, reserves, fee_choices, bursaries_until } = found(own);
	const sectors = await directory.sectors();
	const { signups, waits, sessions: all } = await sessions.mine(db, forum.forum_id, account!.id);
	const reader = {
		confirmed: registration?.status === 'confirmed',
		mode: registration?.mode ?? null,
		governmental: person?.counts_as_government ?? true,
		approved: person?.approved ?? false,
		signups,
		waits
	};
	const offer = registration?.offer;
	const checkIn = checkInSchema.parse(registration?.my_check_in ?? null);
	const email = hasMailbox(account!.email) ? account!.email : null;
	return {
		forum,
		registration,
		seen: registration && {
			...stateSchema.parse(registration.visibility),
			confirmed: reader.confirmed,
			approved: reader.approved
		},
		checkIn: checkIn && { ...checkIn, drawing: drawn(checkIn.code) },
		costs: choicesSchema.parse(fee_choices) !== null,
		bursariesUntil: bursaries_until,
		bursary: bursarySchema.parse(registration?.bursary ?? null),
		fee: feeSchema.parse(registration?.fee ?? null),
		sector: registration && sectorName(sectors, registration.sector),
		// Why a place on the waitlist may be passed.
		reserves: reserves
			.filter(({ mode }) => registration?.status === 'waitlisted' && mode === registration.mode)
			.map((reserve) => reserveWords(reserve, sectors, forum.time_zone)),
		// A vouched spot holds no answers.
		questions: email ? asked : [],
		answers: answersOf(asked),
		offer: offer ? { ...offer, until: moment(offer.until, forum.time_zone) } : null,
		signups,
		waits: waitLines(waits, forum),
		hasProgram: all.length > 0,
		when: whenOf(forum, all),
		free: freeTimes(all, reader),
		email,
		vouched: email ? null : await vouched.mine(db),
		waitsForApproval: !reader.approved && !reader.governmental,
		discreet: person?.discreet ?? false,
		received,
		asking: url.searchParams.get('ask') === 'cancel'
	};
});

type Done = Parameters<typeof back>[1];

/** An action on one's own registration: the page comes back and says what was done. */
function onMine<Schema extends z.ZodObject>(
	schema: Schema,
	id: string,
	verb: (db: Db, input: z.output<Schema>) => Promise<Done>
) {
	return action(
		schema,
		async (input, event: RequestEvent) => {
			back(event, await verb(event.locals.db, input));
		},
		{ id }
	);
}

export const actions = {
	accept: onMine(forumOnly, 'accept', async (db, { forum }) => {
		const outcome = await registrations.accept(db, forum);
		return outcome === 'confirmed' ? 'registrations_done_accepted' : 'registrations_done_waits';
	}),
	mode: onMine(modeSchema, 'mode', async (db, { forum, mode }) => {
		await registrations.changeMode(db, forum, mode);
		return 'registrations_done_mode';
	}),
	hand: onMine(handOverSchema, 'hand', async (db, { forum, email }) => {
		await registrations.handOver(db, forum, email);
		return 'registrations_done_handed';
	}),
	keep: onMine(forumOnly, 'keep', async (db, { forum }) => {
		await registrations.endHandOver(db, forum);
		return 'registrations_done_hand_over_ended';
	}),
	cancel: onMine(forumOnly, 'cancel', async (db, { forum }) => {
		await registrations.cancel(db, forum);
		return 'registrations_done_cancelled';
	})
} satisfies Actions;
