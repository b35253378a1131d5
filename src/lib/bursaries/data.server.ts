import { mark } from '$lib/fees/data.server';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import { wake } from '$lib/platform/jobs/worker.server';
import type { z } from 'zod';
import {
	fileSchema,
	mineSchema,
	overviewSchema,
	type askedSchema,
	type decisionSchema,
	type paidSchema,
	type requestSchema,
	type rulesSchema,
	type waiveSchema
} from './schema';

/** What the person who asks has asked for, and who read it; null where there is nothing to ask for. */
export async function mine(db: Db, slug: string) {
	return mineSchema.nullable().parse(await answer(db.rpc('my_bursary', { slug }, { get: true })));
}

/** Asks for a bursary, or changes it. @throws Refusal bursary_decided, bursaries_closed */
export function request(db: Db, { forum: forum_id, ...asked }: z.output<typeof requestSchema>) {
	return write(db.rpc('request_bursary', { forum_id, ...asked }), []);
}

/** Deletes the request of the person who asks. @throws Refusal bursary_paid */
export function remove(db: Db, forum_id: string) {
	return write(db.rpc('delete_bursary', { forum_id }), []);
}

/** The requests that one organizer may know of, a page of them; null without such a forum. Organizers only. */
export async function overview(db: Db, slug: string, asked: z.output<typeof askedSchema>) {
	const about = { slug, decided: asked.list === 'decided', after: asked.after as string };
	const found = await answer(db.rpc('bursaries_for_organizers', about, { get: true }));
	return overviewSchema.nullable().parse(found);
}

/** One request with its words. Each call is logged for the person. @throws Refusal bursary_conflict */
export async function read(db: Db, bursary_id: string) {
	return fileSchema.parse(await write(db.rpc('read_bursary', { bursary_id }), []));
}

/** Until when people may ask, and the budget. @throws Refusal bursary_day */
export function saveRules(db: Db, rules: z.output<typeof rulesSchema>) {
	const { forum: forum_id, requests_until, budget } = rules;
	return write(
		// The generator knows no argument that may be null.
		db.rpc('save_bursary_rules', {
			forum_id,
			requests_until: (requests_until || null) as string,
			budget: (budget < 0 ? null : budget) as number
		}),
		['bursaries']
	);
}

/** Decides a request over the version that was read. @throws Refusal bursary_changed, bursary_paid */
export async function decide(db: Db, decided: z.output<typeof decisionSchema>): Promise<void> {
	const { request: bursary_id, granted, ...rest } = decided;
	const amount = (granted < 0 ? null : granted) as number;
	await write(db.rpc('decide_bursary', { bursary_id, granted: amount, ...rest }), []);
	wake();
}

/** Marks a bursary as paid, or takes that back. @throws Refusal bursary_paid_day */
export function pay(db: Db, { request: bursary_id, paid_on }: z.output<typeof paidSchema>) {
	return write(db.rpc('mark_bursary', { bursary_id, paid_on: (paid_on || null) as string }), []);
}

/** Waives the fee of who has a bursary, with `reason`. @returns how many: 1, or 0 when it is waived or paid */
export function waive(db: Db, about: z.output<typeof waiveSchema>, reason: string) {
	const { forum, registration } = about;
	return mark(db, { forum, registration: [registration], act: 'waived', paid_on: '', reason });
}
