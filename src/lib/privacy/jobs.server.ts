import { deleteOld } from '$lib/platform/jobs/data.server';
import type { Job } from '$lib/platform/jobs/job';
import { logger } from '$lib/platform/log.server';
import { deleteOldData } from './data.server';

/** Retention, once a day: what is past it in each domain, then old jobs and events. */
export const jobs: Job[] = [
	{
		kind: 'privacy_delete_old',
		schedule: '20 8 * * *',
		async run(_, { db }) {
			const data = await deleteOldData(db);
			const work = await deleteOld(db);
			logger.info({ data, ...work }, 'old data deleted');
		}
	}
];
