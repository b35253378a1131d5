import { logger } from '$lib/platform/log.server';
import { deleteOld } from '$lib/platform/jobs/data.server';
import type { Job } from '$lib/platform/jobs/job';

/** The work of privacy in the background: what no domain owns is deleted from here. */
export const jobs: Job[] = [
	{
		kind: 'privacy_delete_old',
		schedule: '20 8 * * *',
		async run(_, { db }) {
			logger.info(await deleteOld(db), 'old jobs and events deleted');
		}
	}
];
