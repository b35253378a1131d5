import type { z } from 'zod';
import { answer, type Db, write } from '$lib/platform/db/client.server';
import { answersOf } from './rules';
import {
	confirmationSchema,
	pairsSchema,
	type answersSchema,
	type rewordingSchema
} from './schema';

/** The pairs of a session and what was answered; null where there is nothing to read for the person who asks. */
export async function one(db: Db, slug: string, session_id: string) {
	const found = await answer(db.rpc('confirmation_page', { slug, session_id }, { get: true }));
	return confirmationSchema.nullable().parse(found);
}

/** What was answered about each pair of a forum, by the pair. Organizers only. */
export async function byPair(db: Db, slug: string) {
	const found = await answer(db.rpc('confirmed_pairs', { slug }, { get: true }));
	return new Map(pairsSchema.parse(found).map((pair) => [pair.part_id, pair.result]));
}

/**
 * Stores what a person answers about pairs, apart from that they answered.
 * @throws Refusal point_answered_already, point_not_found, confirmation_closed, confirmation_busy
 */
export function give(db: Db, { session: session_id, ...sent }: z.output<typeof answersSchema>) {
	const answers = answersOf(sent).map((one) => ({ ...one }));
	return write(db.rpc('confirm_points', { session_id, answers }), []);
}

/** Gives a pair other words; people are asked again. @throws Refusal point_not_found, rewording_empty */
export function reword(db: Db, rewording: z.output<typeof rewordingSchema>) {
	const { session: session_id, point: point_id, ...words } = rewording;
	return write(db.rpc('reword_pair', { session_id, point_id, ...words }), []);
}
