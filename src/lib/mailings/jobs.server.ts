import type { Job } from '$lib/platform/jobs/job';
import { wake } from '$lib/platform/jobs/worker.server';
import { remindPeople } from './data.server';

/** Looks each hour, since nine in the morning comes at another hour in each zone. */
export const jobs: Job[] = [
	{
		kind: 'mailings_remind',
		schedule: '5 * * * *',
		async run(_, { db }) {
			if ((await remindPeople(db)) > 0) wake();
		}
	}
];
