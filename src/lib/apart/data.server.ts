import { answer, type Db, write } from '$lib/platform/db/client.server';
import { wake } from '$lib/platform/jobs/worker.server';
import type { z } from 'zod';
import { foundSchema, listSchema, mineSchema, type askSchema } from './schema';

/** What the person who asks requested at a forum, and who read it. @throws Refusal not_registered */
export async function mine(db: Db, slug: string) {
	return mineSchema.nullable().parse(await answer(db.rpc('my_apart', { slug }, { get: true })));
}

/** The organizations to choose from. At most 200. */
export function organizations(db: Db) {
	return answer(
		db.from('organizations').select('organization_id, name_en, name_fr').order('name_en').limit(200)
	);
}

/** Asks to be apart. @throws Refusal apart_nobody, apart_own_group, apart_too_many, apart_too_late */
export function ask(db: Db, { forum, organization, ...asked }: z.output<typeof askSchema>) {
	// The types of the API know no null in arguments; the verb takes it.
	const fields = { forum_id: forum, organization_id: organization as string, ...asked };
	return write(db.rpc('ask_apart', fields), []);
}

/** Deletes a request of the person who asks. */
export async function remove(db: Db, request_id: string) {
	await write(db.rpc('delete_apart', { request_id }), []);
	wake();
}

/** The requests of a forum; each call is logged for each request. @throws Refusal needs_readers_only */
export async function read(db: Db, slug: string) {
	return listSchema.parse(await write(db.rpc('read_apart', { slug }), []));
}

/** Up to 10 people of a forum by a part of their name, for a request. @throws Refusal needs_readers_only */
export async function find(db: Db, request_id: string, name: string) {
	return foundSchema.parse(await write(db.rpc('find_apart', { request_id, name }), []));
}

/** Accepts a request. @throws Refusal apart_not_found, apart_not_registered, apart_own_group */
export async function accept(db: Db, request_id: string, person: string | null) {
	const fields = { request_id, person_id: person as string };
	await write(db.rpc('accept_apart', fields), ['sessions']);
	wake();
}

/** Declines a request, or ends one that was accepted. @throws Refusal apart_not_found */
export async function decline(db: Db, request_id: string) {
	await write(db.rpc('decline_apart', { request_id }), ['sessions']);
	wake();
}
