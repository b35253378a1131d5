import { answer, type Db, write } from '$lib/platform/db/client.server';
import { wake } from '$lib/platform/jobs/worker.server';
import type { z } from 'zod';
import {
	listSchema,
	type acceptingSchema,
	type decliningSchema,
	type helpSchema,
	type joinSchema
} from './schema';

/** Who asks, and `pageSchema`: their latest request to join and the committees; null without a profile. */
export async function page(db: Db) {
	return (await answer(db.rpc('joining_page', {}, { get: true }))) as {
		who: unknown;
		page: unknown;
	};
}

/** A forum with the latest offer of help of one person; null without such a forum. */
export async function help(db: Db, slug: string, personId: string) {
	const found = await answer(
		db
			.from('forums')
			.select(
				'forum_id, slug, name_en, name_fr, starts_on, ends_on, date_precision, time_zone, registration_opens_at, registration_closes_at, registration_closed_at, published_at, cancelled_at, requests (request_id, help, note, sent_at, decided_at, reason)'
			)
			.eq('slug', slug)
			.eq('requests.person_id', personId)
			.order('sent_at', { referencedTable: 'requests', ascending: false })
			.limit(1, { referencedTable: 'requests' })
			.maybeSingle()
	);
	if (!found) return null;
	const { requests, ...forum } = found;
	return { forum, request: requests[0] ?? null };
}

/** The requests that wait, and who helps; organizers only. */
export async function list(db: Db) {
	return listSchema.parse(await answer(db.rpc('requests_for_organizers', {}, { get: true })));
}

/** @throws Refusal request_ended, committee_closed_to_government, already_member, committee_missing */
export function ask(db: Db, { request, ...asked }: z.output<typeof joinSchema>) {
	return write(db.rpc('ask_to_join', { request_id: (request || null) as string, ...asked }), []);
}

/** @throws Refusal forum_not_found, request_ended, help_too_late */
export function offer(db: Db, { request, forum, ...said }: z.output<typeof helpSchema>) {
	const about = { request_id: (request || null) as string, forum_id: forum };
	return write(db.rpc('offer_help', { ...about, ...said }), []);
}

/** Deletes a request of the person who asks, decided or not. */
export function remove(db: Db, request_id: string) {
	return write(db.rpc('delete_request', { request_id }), []);
}

/** @throws Refusal request_decided, request_changed, committee_closed_to_government */
export async function accept(db: Db, { request, ...rest }: z.output<typeof acceptingSchema>) {
	await write(db.rpc('accept_request', { request_id: request, ...rest }), []);
	wake();
}

/** @throws Refusal request_decided, request_changed */
export async function decline(db: Db, { request, ...rest }: z.output<typeof decliningSchema>) {
	await write(db.rpc('decline_request', { request_id: request, ...rest }), []);
	wake();
}
