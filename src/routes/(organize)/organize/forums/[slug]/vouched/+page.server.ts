import * as directory from '$lib/directory/data.server';
import { sectorName } from '$lib/directory/words';
import { modesOffered } from '$lib/forums/rules';
import * as people from '$lib/people/data.server';
import { organizationSchema } from '$lib/people/schema';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { found, page } from '$lib/platform/http/load.server';
import { readSettings } from '$lib/platform/settings.server';
import { pair } from '$lib/platform/text/i18n/pair';
import { getLocale } from '$lib/platform/text/i18n/paraglide/runtime';
import * as vouched from '$lib/vouched/data.server';
import { makingSchema, spotSchema } from '$lib/vouched/schema';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const [answer, sectors] = await Promise.all([
		vouched.spots(locals.db, params.slug),
		directory.sectors()
	]);
	const { organizations, ...rest } = found(answer);
	const offered = sectors.filter((it) => !it.counts_as_government && !it.retired_at);
	return {
		...rest,
		batch: crypto.randomUUID(),
		modes: modesOffered(rest.forum),
		organizations: organizations.map((it) => ({
			value: it.organization_id,
			label: pair(it, 'name')
		})),
		sectors: offered.map(({ sector }) => ({ value: sector, label: sectorName(sectors, sector) })),
		site: readSettings().origin.replace(/^https?:\/\//, ''),
		renews: url.searchParams.get('renew'),
		revokes: url.searchParams.get('revoke')
	};
});

/** The one answer that holds codes: the page shows them once, and they are in no address. */
function slips(made: { code: string; number: number }[]) {
	return {
		values: {
			step: 'slips',
			codes: made.map(({ code }) => code),
			numbers: made.map(({ number }) => String(number))
		}
	};
}

export const actions = {
	organization: action(
		organizationSchema,
		async (names, event: RequestEvent) => {
			await people.addOrganization(event.locals.db, names);
			back(event, 'people_done_organization');
		},
		{
			id: 'organization',
			beside: { organizations_name_en_once: 'name_en', organizations_name_fr_once: 'name_fr' }
		}
	),
	make: action(
		makingSchema,
		async (input, { locals }: RequestEvent) =>
			slips(await vouched.make(locals.db, input, getLocale())),
		{
			id: 'make',
			beside: {
				vouched_organization: 'organization',
				vouched_sector: 'sector',
				sector_not_offered: 'sector',
				mode_not_offered: 'mode',
				vouched_no_room: 'count'
			}
		}
	),
	renew: action(
		spotSchema,
		async ({ spot }, { locals }: RequestEvent) => slips([await vouched.renew(locals.db, spot)]),
		{ id: 'renew' }
	),
	revoke: action(
		spotSchema,
		async ({ spot }, event: RequestEvent) => {
			await vouched.revoke(event.locals.db, spot);
			back(event, 'vouched_done_revoked');
		},
		{ id: 'revoke' }
	)
} satisfies Actions;
