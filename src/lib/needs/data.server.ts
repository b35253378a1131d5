import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { z } from 'zod';
import {
	listSchema,
	mineSchema,
	overviewSchema,
	type needsSchema,
	type providedSchema
} from './schema';

/** A forum as the page of a person's needs shows it; null without one. */
export function forum(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				'forum_id, slug, name_en, name_fr, starts_on, ends_on, date_precision, time_zone, registration_opens_at, registration_closes_at, registration_closed_at, published_at, cancelled_at, provided_en, provided_fr'
			)
			.eq('slug', slug)
			.maybeSingle()
	);
}

/** What the person who asks needs at a forum, and who read it. @throws Refusal not_registered */
export async function mine(db: Db, forum_id: string) {
	return mineSchema.parse(await answer(db.rpc('my_needs', { forum_id }, { get: true })));
}

/** Saves what the person who asks needs. @throws Refusal needs_too_late, not_registered */
export function save(db: Db, needs: z.output<typeof needsSchema>) {
	const { forum: forum_id, access, diet, interpretation, other, ...texts } = needs;
	const kinds = [...access, ...diet, ...interpretation, ...other];
	return write(db.rpc('save_needs', { forum_id, kinds, ...texts }), []);
}

/** Deletes what the person who asks had saved. */
export function remove(db: Db, forum_id: string) {
	const nothing = { kinds: [], other_language: '', phone: '', words: '' };
	return write(db.rpc('save_needs', { forum_id, ...nothing }), []);
}

/** How many people need what, without names; null without such a forum. Organizers only. */
export async function overview(db: Db, slug: string) {
	const found = await answer(db.rpc('needs_overview', { slug }, { get: true }));
	return overviewSchema.nullable().parse(found);
}

/**
 * Who needs what, 100 a page by name, after the person `after`. Each call is logged for each person.
 * @throws Refusal needs_readers_only
 */
export async function read(db: Db, slug: string, after: string | null) {
	return listSchema.parse(await write(db.rpc('read_needs', { slug, after: after as string }), []));
}

/** Saves what a forum provides for everyone. @throws Refusal forum_changed */
export function saveProvided(db: Db, provided: z.output<typeof providedSchema>) {
	const { forum: forum_id, ...rest } = provided;
	return write(db.rpc('save_provided', { forum_id, ...rest }), []);
}
