import { backend } from '$lib/shared/db.server';
import type { LayoutServerLoad } from './$types';

export const load = (async ({ locals: { account, person } }) => ({
	person: account && { name: person?.name ?? null, organizer: person?.organizer ?? false },
	sample: (await backend()).sample
})) satisfies LayoutServerLoad;
