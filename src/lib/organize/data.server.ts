import { answer, type Db } from '$lib/platform/db/client.server';
import { organizeSchema, type OrganizedForum } from './schema';

/** Every forum with what waits for an organizer, newest first. Organizers only. */
export async function forums(db: Db): Promise<OrganizedForum[]> {
	return organizeSchema.parse(await answer(db.rpc('organize', {}, { get: true }))).forums;
}
