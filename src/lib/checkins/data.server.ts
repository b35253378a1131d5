import type { z } from 'zod';
import { makeAccount } from '$lib/platform/db/accounts.server';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import { PAGE, SHEET } from './rules';
import {
	type askedSchema,
	type codeSchema,
	type listSchema,
	matchesSchema,
	pageSchema,
	type personSchema,
	scanSchema,
	type sentSchema,
	sheetSchema,
	type walkInSchema
} from './schema';

/**
 * The check-in of a forum: who came last or who is found, and one scan with its answer.
 * @throws Refusal check_in_only
 */
export async function page(db: Db, slug: string, asked: z.output<typeof askedSchema>) {
	const { search, after, scan } = asked;
	// The generator knows no argument that may be null.
	const args = { slug, search, after: after as string, scan_id: scan as string };
	const found = pageSchema.parse(await answer(db.rpc('check_in_page', args, { get: true })));
	const people = found.people.slice(0, PAGE);
	const more = found.people.length > PAGE;
	return { ...found, people, next: more ? people.at(-1)!.registration_id : null };
}

/** Checks in the person of a code, once for each id of a scan. @throws Refusal check_in_only, forum_cancelled */
export async function scan(db: Db, sent: z.output<typeof sentSchema>) {
	return scanSchema.parse(await write(db.rpc('check_in', sent), []));
}

/** Checks in the person of a code that was typed now. @throws Refusal check_in_only, forum_cancelled */
export async function typed(db: Db, { forum, scan, code }: z.output<typeof codeSchema>) {
	const args = { forum_id: forum, scan_id: scan, code };
	return scanSchema.parse(await write(db.rpc('check_in', args), []));
}

/** Checks in somebody who was found by name. @throws Refusal check_in_only, forum_cancelled */
export async function named(db: Db, { forum, scan, registration }: z.output<typeof personSchema>) {
	const args = { forum_id: forum, scan_id: scan, registration_id: registration };
	return scanSchema.parse(await write(db.rpc('check_in', args), []));
}

/** Undoes one scan. @returns since when the person is in by another one, or null @throws Refusal scan_not_found */
export async function undo(db: Db, scan_id: string): Promise<string | null> {
	return write(db.rpc('undo_check_in', { scan_id }), []);
}

/** Whom each line of a paper list means. @throws Refusal too_many_names */
export async function match(db: Db, forum_id: string, names: string[]) {
	return matchesSchema.parse(await write(db.rpc('match_names', { forum_id, names }), []));
}

/** Checks in the people of a paper list. @returns how many are in, were in already, or are not confirmed */
export async function list(db: Db, { forum, people, others }: z.output<typeof listSchema>) {
	const pairs = [...people, ...others].map((pair) => pair.split(' ') as [string, string]);
	const args = {
		forum_id: forum,
		registration_ids: pairs.map(([registration]) => registration),
		scan_ids: pairs.map(([, scan]) => scan)
	};
	return (await write(db.rpc('check_in_list', args), [])) as Record<
		'in' | 'already' | 'no',
		number
	>;
}

/**
 * Registers somebody who came without a registration, in an account of their own that nobody signs in to, and checks
 * them in. An account that is not needed is deleted a day later.
 * @throws Refusal walk_in_no_room, mode_not_offered, sector_not_offered
 */
export async function addWalkIn(db: Db, input: z.output<typeof walkInSchema>) {
	const { forum, scan, organization, ...rest } = input;
	const about = {
		...rest,
		forum_id: forum,
		scan_id: scan,
		organization_name: organization,
		account: await makeAccount('walk-in.invalid')
	};
	return scanSchema.parse(await write(db.rpc('add_walk_in', about), ['registrations']));
}

/** Badges and lines of the sign-in sheet, after a registration; null without such a forum. Organizers only. */
export async function sheet(db: Db, slug: string, after: string | null) {
	const args = { slug, after: after as string };
	const found = sheetSchema
		.nullable()
		.parse(await answer(db.rpc('check_in_sheet', args, { get: true })));
	if (!found) return null;
	const people = found.people.slice(0, SHEET);
	const more = found.people.length > SHEET;
	return { ...found, people, next: more ? people.at(-1)!.registration_id : null };
}
