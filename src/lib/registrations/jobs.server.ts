import { logger } from '$lib/platform/log.server';
import type { Job } from '$lib/platform/jobs/job';
import { deleteOld } from './data.server';

/** The work of registrations in the background. */
export const jobs: Job[] = [
	{
		kind: 'registrations_delete_old',
		schedule: '10 8 * * *',
		async run(_, { db }) {
			logger.info({ forums: await deleteOld(db) }, 'old registrations deleted');
		}
	}
];
