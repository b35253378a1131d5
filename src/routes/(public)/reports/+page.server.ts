import * as reports from '$lib/reports/data.server';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => ({
	reports: await reports.list(locals.db)
}));
