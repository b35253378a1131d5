import { answer, type Db, write } from '$lib/platform/db/client.server';
import type { z } from 'zod';
import { GOVERNMENT } from './rules';
import { mineSchema, participantsSchema, type choiceSchema, type listSchema } from './schema';

/** What the person who asks chose at a forum, and which sectors see them; null without a registration. */
export async function mine(db: Db, slug: string) {
	return mineSchema
		.nullable()
		.parse(await answer(db.rpc('my_visibility', { slug }, { get: true })));
}

/** People who show themselves to the person who asks, 100 a page by name; null without such a forum. */
export async function participants(db: Db, slug: string, after: string | null) {
	// In an address null would be a word; the generator knows no argument that may be null.
	const from = after ? { slug, after } : ({ slug } as { slug: string; after: string });
	return participantsSchema
		.nullable()
		.parse(await answer(db.rpc('participants', from, { get: true })));
}

/**
 * Puts the person who asks on the list of participants, leaves sectors out, or hides them.
 * @throws Refusal nobody_left_out, participant_list_off, participant_list_closed, not_registered
 */
export function save(db: Db, { forum, audience, except, shows }: z.output<typeof choiceSchema>) {
	return write(
		db.rpc('save_visibility', {
			forum_id: forum,
			audience,
			except_government: except.includes(GOVERNMENT),
			except_sectors: except.filter((code) => code !== GOVERNMENT),
			shows_organization: shows.includes('organization'),
			shows_sector: shows.includes('sector')
		}),
		[]
	);
}

/** Whether a forum has a list of participants. Organizers only. */
export function hasList(db: Db, forum_id: string): Promise<boolean> {
	return answer(db.rpc('participant_list', { forum_id }, { get: true }));
}

/** Switches the list of a forum on or off. Organizers only. */
export function setList(db: Db, { forum, shown }: z.output<typeof listSchema>) {
	return write(db.rpc('set_participant_list', { forum_id: forum, shown: shown === 'yes' }), []);
}
