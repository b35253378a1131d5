import { domains } from '$lib/domains';
import { backend } from '$lib/platform/db/client.server';
import { page } from '$lib/platform/http/load.server';
import { readSettings } from '$lib/platform/settings.server';
import type { LayoutServerLoadEvent } from './$types';

const { network } = readSettings();

export const load = page(async ({ locals, url }: LayoutServerLoadEvent) => {
	const { account, person } = locals;
	const organizer = person?.organizer ?? false;
	const entries = domains.flatMap(({ menu = [] }) => menu);
	return {
		person: account && { name: person?.name ?? null, organizer },
		menu: entries
			.filter(({ organizers }) => organizer || !organizers)
			.map(({ path, text }) => ({ path, text: text() })),
		// Asked for the address, so that the next page in this document says it no more.
		flash: url.href ? locals.takeFlash() : null,
		sample: (await backend()).sample,
		network
	};
});
