import { answer, type Db } from '$lib/platform/db/client.server';

/** Names of the organizations in both languages, to choose from while one types. At most 200. */
export function names(db: Db) {
	return answer(db.from('organizations').select('name_en, name_fr').order('name_en').limit(200));
}
