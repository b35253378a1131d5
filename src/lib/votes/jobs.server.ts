import { z } from 'zod';
import type { Job } from '$lib/platform/jobs/job';
import { destroyKey } from '$lib/platform/keys.server';

const counted = z.object({ vote_id: z.uuid() });

/** Destroys the key of a vote once its ballots are counted or deleted; tried until it is gone. */
export const jobs: Job[] = [
	{
		kind: 'votes_destroy_key',
		run: (payload) => destroyKey(counted.parse(payload).vote_id)
	}
];
