import * as people from '$lib/people/data.server';
import { namedSectorSchema, newSectorSchema, nothing, type SectorRow } from '$lib/people/schema';
import type { Db } from '$lib/platform/db/client.server';
import { action } from '$lib/platform/http/action.server';
import { back } from '$lib/platform/http/flash.server';
import { page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const asked = ({ url }: { url: URL }) => url.searchParams.get('sector') ?? '';

/** A sector as its form shows it; the place is said by the one before it. */
function fieldsOf(all: SectorRow[], edited: SectorRow) {
	const { version, name_en, name_fr } = edited;
	return { version, name_en, name_fr, after: all[all.indexOf(edited) - 1]?.sector ?? '' };
}

export const load = page(async ({ locals, url }: PageServerLoadEvent) => {
	const sectors = await people.sectors(locals.db);
	const edited = sectors.find(({ sector }) => sector === asked({ url }));
	return { sectors, edited: edited ? { ...edited, fields: fieldsOf(sectors, edited) } : null };
});

/** A button about one sector. */
function decision(
	verb: (db: Db, sector: string) => Promise<unknown>,
	id: string,
	done: Parameters<typeof back>[1]
) {
	return action(
		nothing,
		async (_, event: RequestEvent) => {
			await verb(event.locals.db, asked(event));
			back(event, done);
		},
		{ id }
	);
}

const beside = { sectors_name_en_once: 'name_en', sectors_name_fr_once: 'name_fr' } as const;

export const actions = {
	add: action(
		newSectorSchema,
		async (sector, event: RequestEvent) => {
			await people.addSector(event.locals.db, sector);
			back(event, 'people_done_sector_added');
		},
		{ id: 'sector', beside }
	),
	save: action(
		namedSectorSchema,
		async (sector, event: RequestEvent) => {
			await people.saveSector(event.locals.db, asked(event), sector);
			back(event, 'people_done_sector_saved');
		},
		{
			id: 'sector',
			beside,
			stored: async (_, event: RequestEvent) => {
				const all = await people.sectors(event.locals.db);
				const saved = all.find(({ sector }) => sector === asked(event));
				return saved ? fieldsOf(all, saved) : null;
			}
		}
	),
	open: decision(
		(db, it) => people.setSectorCounts(db, it, false),
		'flag',
		'people_done_sector_flag'
	),
	close: decision(
		(db, it) => people.setSectorCounts(db, it, true),
		'flag',
		'people_done_sector_flag'
	),
	retire: decision(
		(db, it) => people.setSectorRetired(db, it, true),
		'retire',
		'people_done_sector_retired'
	),
	offer: decision(
		(db, it) => people.setSectorRetired(db, it, false),
		'retire',
		'people_done_sector_offered'
	)
} satisfies Actions;
