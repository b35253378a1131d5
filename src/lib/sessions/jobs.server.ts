import type { Job } from '$lib/platform/jobs/job';
import { wake } from '$lib/platform/jobs/worker.server';
import { offerDueSpots } from './data.server';

/** Spots that came free, and offers that are late, go to the next in line. A reader decides a deadline alone. */
export const jobs: Job[] = [
	{
		kind: 'sessions_offer_due',
		schedule: '*/10 * * * *',
		async run(_, { db }) {
			if ((await offerDueSpots(db)) > 0) wake();
		}
	}
];
