import { addDays, formatISO, parseISO } from 'date-fns';
import { answer, type Db } from '$lib/platform/db/client.server';
import { NETWORK_ZONE } from '$lib/platform/text/dates';
import { instantIn } from '$lib/platform/text/days';
import {
	auditSchema,
	organizeSchema,
	type Audit,
	type AuditSearch,
	type OrganizedForum
} from './schema';

/** Every forum with what waits for an organizer, newest first. Organizers only. */
export async function forums(db: Db): Promise<OrganizedForum[]> {
	return organizeSchema.parse(await answer(db.rpc('organize', {}, { get: true }))).forums;
}

/** Acts of the audit, newest first, 50 a page, after the one named by `after`; both days included. Organizers only. */
export async function audit(db: Db, { act, since, until, ...asked }: AuditSearch): Promise<Audit> {
	const search = {
		...asked,
		action: act,
		since: since && midnight(since),
		until: until && midnight(until, 1)
	};
	// The generator knows no argument that may be null.
	const found = db.rpc('audit_list', search as { [Name in keyof typeof search]: string }, {
		get: true
	});
	return auditSchema.parse(await answer(found));
}

/** The beginning of a day in the network's zone, or of one so many days later. */
function midnight(day: string, later = 0): string | null {
	const date = formatISO(addDays(parseISO(day), later), { representation: 'date' });
	return instantIn(NETWORK_ZONE, `${date}T00:00`);
}
