import { LRUCache } from 'lru-cache';
import { answer, type Db, onChange, visitorClient } from '$lib/platform/db/client.server';
import type { Sector } from './words';

/** Names of the organizations in both languages, to choose from while one types. At most 200. */
export function names(db: Db) {
	return answer(db.from('organizations').select('name_en, name_fr').order('name_en').limit(200));
}

// Asked again behind the back of a page that is a minute late, so that no page waits for it but the first.
const memory = new LRUCache<'sectors', Sector[]>({
	max: 1,
	ttl: 60_000,
	allowStale: true,
	allowStaleOnFetchRejection: true,
	noDeleteOnFetchRejection: true,
	fetchMethod: readSectors
});
onChange((changed) => {
	if (changed.includes('directory')) memory.clear();
});

/**
 * All sectors in their order, retired ones too, from memory: at most a minute late about a change by another
 * process.
 */
export async function sectors(): Promise<Sector[]> {
	return (await memory.fetch('sectors')) ?? readSectors();
}

async function readSectors(): Promise<Sector[]> {
	const db = await visitorClient();
	return answer(
		db
			.from('sectors')
			.select('sector, name_en, name_fr, counts_as_government, added_at, retired_at')
			.order('position')
			.order('sector')
			.limit(200)
	);
}
