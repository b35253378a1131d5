import type { Enums } from '$lib/platform/db/types';

/**
 * Whether somebody of this sector stays outside of what is marked "NGOs only". Whoever has not told
 * counts as outside, as in the database.
 */
export function isGovernmental(sector: Enums<'sector'> | null): boolean {
	return sector === null || sector === 'government' || sector === 'law_enforcement';
}
