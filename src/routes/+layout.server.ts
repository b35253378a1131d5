import { domains } from '$lib/domains';
import { backend } from '$lib/platform/db/client.server';
import { page } from '$lib/platform/http/load.server';
import { offeredLanguage } from '$lib/platform/http/offer.server';
import { findableRoutes } from '$lib/platform/http/robots.server';
import { readSettings } from '$lib/platform/settings.server';
import { addressesOf, otherAddress } from '$lib/platform/text/i18n/addresses';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { LayoutServerLoadEvent } from './$types';

const { network } = readSettings();
const findable = findableRoutes(domains);

export const load = page(async (event: LayoutServerLoadEvent) => {
	const { locals, route, url } = event;
	const { account, person } = locals;
	const offered = offeredLanguage(event);
	const organizer = person?.organizer ?? false;
	const entries = domains.flatMap(({ menu = [] }) => menu);
	return {
		person: account && { name: person?.name ?? null, organizer },
		menu: entries
			.filter(({ organizers }) => organizer || !organizers)
			.map(({ path, text }) => ({ path, text: text() })),
		// Here and not in components, so that pages with script do not carry it.
		addresses: findable.has(route.id ?? '') ? addressesOf(url) : null,
		other: otherAddress(url),
		offered: offered && { language: offered, text: m.shared_read_here({}, { locale: offered }) },
		// Asked for the address, so that the next page in this document says it no more.
		flash: url.href ? locals.takeFlash() : null,
		sample: (await backend()).sample ? m.shared_sample() : null,
		network
	};
});
