import { backend } from '$lib/platform/db/client.server';
import { readSettings } from '$lib/platform/settings.server';
import type { LayoutServerLoad } from './$types';

const { network } = readSettings();

export const load = (async ({ locals: { account, person } }) => ({
	person: account && { name: person?.name ?? null, organizer: person?.organizer ?? false },
	sample: (await backend()).sample,
	network
})) satisfies LayoutServerLoad;
