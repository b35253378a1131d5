import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { z } from 'zod';
import {
	overviewSchema,
	storySchema,
	type askedSchema,
	type categorySchema,
	type choiceSchema,
	type Mark,
	type noteSchema
} from './schema';

/** The categories of a forum, totals, and a page of people; null without such a forum. Organizers only. */
export async function overview(db: Db, slug: string, asked: z.output<typeof askedSchema>) {
	const about = { slug, state: asked.list, after: asked.after as string };
	const found = await answer(db.rpc('fees_for_organizers', about, { get: true }));
	return overviewSchema.nullable().parse(found);
}

/** The fee of one registration; null when its forum costs nothing. Organizers only. */
export async function ofRegistration(db: Db, registration_id: string) {
	return storySchema.parse(await answer(db.rpc('fee_of', { registration_id }, { get: true })));
}

/**
 * Adds a category, or changes one over the version that the organizer saw.
 * @throws Refusal fee_category_changed, fee_category_chosen, too_many_fee_categories
 */
export function save(db: Db, forum_id: string, edit: z.output<typeof categorySchema>) {
	const { category, ...rest } = edit;
	// The generator knows no argument that may be null.
	const category_id = (category || null) as string;
	return write(db.rpc('save_fee_category', { ...rest, forum_id, category_id }), ['fees']);
}

/** Moves a category by one. */
export function move(db: Db, category_id: string, up: boolean) {
	return write(db.rpc('move_fee_category', { category_id, up }), ['fees']);
}

/** Hides a category from people who choose later, or offers it again. */
export function hide(db: Db, category_id: string, hidden: boolean) {
	return write(db.rpc('hide_fee_category', { category_id, hidden }), ['fees']);
}

/** Deletes a category. @throws Refusal fee_category_chosen */
export function remove(db: Db, category_id: string) {
	return write(db.rpc('delete_fee_category', { category_id }), ['fees']);
}

/** Saves what a forum says below its fees. @throws Refusal fee_note_changed */
export function saveNote(db: Db, { forum: forum_id, ...note }: z.output<typeof noteSchema>) {
	return write(db.rpc('save_fee_note', { forum_id, ...note }), ['fees']);
}

/** Chooses the category of the person who asks. @throws Refusal fee_settled, fee_category_not_found */
export function choose(db: Db, choice: z.output<typeof choiceSchema>) {
	const { forum: forum_id, category: category_id, invoice } = choice;
	return write(db.rpc('choose_fee', { forum_id, category_id, invoice }), []);
}

/** Marks fees as paid or waived, or takes that back. @returns how many. @throws Refusal fee_paid_day */
export function mark(db: Db, { forum: forum_id, registration, act, paid_on, reason }: Mark) {
	const isPaid = act === 'paid';
	return write(
		db.rpc('mark_fees', {
			forum_id,
			registration_ids: registration,
			status: act,
			paid_on: (isPaid ? paid_on : null) as string,
			reason: isPaid ? '' : reason
		}),
		[]
	);
}
