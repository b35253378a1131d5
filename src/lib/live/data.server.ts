import { answer, type Db, serviceClient } from '$lib/platform/db/client.server';

/** A forum that the reader may see, and its last change; or null. */
export function lastChange(db: Db, slug: string) {
	return answer(db.from('forums').select('forum_id, last_change').eq('slug', slug).maybeSingle());
}

/** The last change of each of these forums. */
export async function lastChanges(forum_ids: string[]): Promise<Map<string, string>> {
	const db = await serviceClient();
	const rows = await answer(db.rpc('last_changes', { forum_ids }, { get: true }));
	return new Map(rows.map(({ forum_id, change }) => [forum_id, change]));
}
