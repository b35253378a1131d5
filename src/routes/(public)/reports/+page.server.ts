import * as reports from '$lib/reports/data.server';
import { page } from '$lib/shared/page.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals }: PageServerLoadEvent) => ({
	reports: await reports.list(locals.db)
}));
