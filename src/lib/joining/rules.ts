import { addDays, parseISO } from 'date-fns';
import type { Enums } from '$lib/platform/db/types';

/** What a request holds, in characters; the constraints say the same. */
export const LENGTHS = { about: 600, note: 300, reason: 500 };

export type Help = Enums<'help'>;

/** When a decided request is deleted: 30 days after the decision. */
export function deletedOn(decidedAt: string): string {
	return addDays(parseISO(decidedAt), 30).toISOString();
}
