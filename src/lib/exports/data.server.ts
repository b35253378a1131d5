import { type Db, write } from '$lib/platform/db/client.server';
import { answersFileSchema, needsFileAnswerSchema, rosterFileSchema } from './schema';

/** Everybody who comes to a forum or waits. Logged. @throws Refusal forum_not_found, organizers_only */
export async function roster(db: Db, slug: string) {
	return rosterFileSchema.parse(await write(db.rpc('export_roster', { slug }), []));
}

/** What they answered. Logged. @throws Refusal forum_not_found, organizers_only */
export async function answers(db: Db, slug: string) {
	return answersFileSchema.parse(await write(db.rpc('export_answers', { slug }), []));
}

/** What they need. Logged, and for each person. @throws Refusal needs_readers_only */
export async function needs(db: Db, slug: string) {
	return needsFileAnswerSchema.parse(await write(db.rpc('export_needs', { slug }), []));
}
