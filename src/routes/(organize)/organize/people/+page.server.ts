import * as directory from '$lib/directory/data.server';
import { sectorName } from '$lib/directory/words';
import * as people from '$lib/people/data.server';
import { searchSchema } from '$lib/people/schema';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, url }: PageServerLoadEvent) => {
	const asked = searchSchema.parse(Object.fromEntries(url.searchParams));
	const [{ people: found, ...rest }, sectors] = await Promise.all([
		people.list(locals.db, asked),
		directory.sectors()
	]);
	const named = found.map((person) => ({
		...person,
		sector: person.sector && sectorName(sectors, person.sector)
	}));
	return { asked, people: named, ...rest };
});
