import * as registrations from '$lib/registrations/data.server';
import * as reports from '$lib/reports/data.server';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals: { db, person } }: PageServerLoadEvent) => ({
	forums: await reports.forumsWithOutcome(db),
	mine: person ? await registrations.ofPerson(db, person.person_id) : []
}));
