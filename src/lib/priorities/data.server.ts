import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { z } from 'zod';
import type { areaSchema, pointSchema, wordingSchema } from './schema';

export const longestList = 200;

/** Which forums have a list, newest first. */
export function listed(db: Db) {
	return answer(
		db
			.from('forums')
			.select('slug, priorities!inner(priority_id)')
			.limit(1, { referencedTable: 'priorities' })
			.order('starts_on', { ascending: false })
			.order('slug')
			.limit(100)
	);
}

/** The list of a forum by area, and which forums each point comes from. Null when there is none. */
export function list(db: Db, slug: string) {
	return answer(
		db
			.from('forums')
			.select(
				`slug, name_en, name_fr, city, starts_on, sample,
				areas (area_id, name_en, name_fr, position, editorial,
					priorities (priority_id, parent_id, kind, title_en, title_fr, position,
						progress, progress_note_en, progress_note_fr,
						before:lineage!lineage_to_id_fkey (relation,
							from:priorities!lineage_from_id_fkey (forum:forums!priorities_forum_id_fkey (slug, starts_on)))))`
			)
			.eq('slug', slug)
			.order('position', { referencedTable: 'areas' })
			.limit(20, { referencedTable: 'areas' })
			.order('position', { referencedTable: 'areas.priorities' })
			.limit(longestList, { referencedTable: 'areas.priorities' })
			.maybeSingle()
	);
}

/**
 * One priority: its forum's other points (parent and sub-points are among them), and its lines to
 * earlier and later forums, two steps each way. Null when there is none.
 */
export function one(db: Db, id: string) {
	return answer(
		db
			.from('priorities')
			.select(
				`priority_id, parent_id, kind, title_en, title_fr, progress, progress_note_en, progress_note_fr,
				area:areas (name_en, name_fr, editorial),
				forums:forums!priorities_forum_id_fkey (slug, name_en, name_fr, city, starts_on, sample,
					priorities (priority_id, parent_id, title_en, title_fr, position)),
				dropped:lineage!lineage_from_id_fkey (lineage_id, note_en, note_fr, editorial,
					forum:forums!lineage_absent_from_fkey!inner (slug, starts_on)),
				before:lineage!lineage_to_id_fkey (lineage_id, relation, note_en, note_fr, editorial,
					point:priorities!lineage_from_id_fkey (priority_id, title_en, title_fr, forum:forums!priorities_forum_id_fkey (slug, starts_on),
						before:lineage!lineage_to_id_fkey (lineage_id, relation, note_en, note_fr, editorial,
							point:priorities!lineage_from_id_fkey (priority_id, title_en, title_fr, forum:forums!priorities_forum_id_fkey (slug, starts_on))))),
				after:lineage!lineage_from_id_fkey (lineage_id, relation, note_en, note_fr, editorial,
					point:priorities!lineage_to_id_fkey!inner (priority_id, title_en, title_fr, forum:forums!priorities_forum_id_fkey (slug, starts_on),
						after:lineage!lineage_from_id_fkey (lineage_id, relation, note_en, note_fr, editorial,
							point:priorities!lineage_to_id_fkey!inner (priority_id, title_en, title_fr, forum:forums!priorities_forum_id_fkey (slug, starts_on)))))`
			)
			.eq('priority_id', id)
			.order('position', { referencedTable: 'forums.priorities' })
			.limit(longestList, { referencedTable: 'forums.priorities' })
			.maybeSingle()
	);
}

/** Adds an area, or finds the one of that name. @returns its id @throws Refusal list_locked */
export function addArea(db: Db, { forum, ...names }: z.output<typeof areaSchema>) {
	return write(db.rpc('add_area', { forum_id: forum, ...names }), ['priorities']);
}

/** Adds a point or a part, or finds the same one. @returns its id @throws Refusal list_locked, third_level */
export function add(db: Db, { area, under, ...titles }: z.output<typeof pointSchema>) {
	// The generator knows no argument that may be null.
	const parent_id = (under || null) as string;
	return write(db.rpc('add_priority', { area_id: area, parent_id, ...titles }), ['priorities']);
}

/** Changes the words of a point in both languages. @throws Refusal list_locked, priority_not_found */
export function reword(db: Db, { point, ...titles }: z.output<typeof wordingSchema>) {
	return write(db.rpc('reword_priority', { priority_id: point, ...titles }), ['priorities']);
}

/** Takes a point with its parts out. @throws Refusal list_locked, vote_items_of_list, priority_not_found */
export function remove(db: Db, id: string) {
	return write(db.rpc('delete_priority', { priority_id: id }), ['priorities']);
}
