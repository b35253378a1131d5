import type { Domain } from '$lib/platform/domain';

/** What live contributes to the parts that gather: nothing. */
export const live: Domain = { name: 'live' };
