import type { Domain } from '$lib/platform/domain';

/** What directory contributes to the parts that gather. */
export const directory: Domain = {
	name: 'directory'
};
