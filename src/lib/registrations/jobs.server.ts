import type { Job } from '$lib/platform/jobs/job';
import { wake } from '$lib/platform/jobs/worker.server';
import { offerDueSpots } from './data.server';

/** Offers that are late go to the next in line. A reader decides a deadline alone; this sends the emails. */
export const jobs: Job[] = [
	{
		kind: 'registrations_offer_due',
		schedule: '*/10 * * * *',
		async run(_, { db }) {
			if ((await offerDueSpots(db)) > 0) wake();
		}
	}
];
