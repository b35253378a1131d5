import type { z } from 'zod';
import { answer, visitorClient, write, type Db } from '$lib/platform/db/client.server';
import { feedSchema, mineSchema, type titlesSchema } from './schema';

type Titles = z.output<typeof titlesSchema>['titles'];

/** Whether the person who asks has a calendar address, since when, and what its entries are called. */
export async function mine(db: Db) {
	return mineSchema.parse(await answer(db.rpc('my_calendar', {}, { get: true })));
}

/** Makes a new address; one of before stops. @returns its secret part, which is stored nowhere */
export function make(db: Db, titles: Titles): Promise<string> {
	return write(db.rpc('make_calendar_address', { titles }), []);
}

/** Says what entries are called. @throws Refusal calendar_address_not_found */
export function setTitles(db: Db, titles: Titles) {
	return write(db.rpc('set_calendar_titles', { titles }), []);
}

/** Has the address answer nobody any more. */
export function remove(db: Db) {
	return write(db.rpc('delete_calendar_address'), []);
}

/** What an address shows; null when it is none, or none any more. The address travels in a body, not in a log. */
export async function feed(token: string) {
	const db = await visitorClient();
	return feedSchema.nullable().parse(await answer(db.rpc('calendar_feed', { token })));
}

/** The published forums that are ahead or ended in the last year, as visitors see them. */
export async function forums() {
	const db = await visitorClient();
	const lastYear = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10);
	return answer(
		db
			.from('forums')
			.select('forum_id, slug, name_en, name_fr, city, starts_on, ends_on, version')
			.eq('date_precision', 'day')
			.is('cancelled_at', null)
			.gte('ends_on', lastYear)
			.order('starts_on')
			.limit(200)
	);
}
