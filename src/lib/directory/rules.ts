import type { Enums } from '$lib/platform/db/types';

/**
 * Whether someone of this sector may not enter what is closed to government and police, as
 * `private.counts_as_government` in the database. An unknown sector may not.
 */
export function countsAsGovernment(sector: Enums<'sector'> | null): boolean {
	return sector === null || sector === 'government' || sector === 'law_enforcement';
}
