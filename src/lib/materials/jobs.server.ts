import { z } from 'zod';
import { fileStore } from '$lib/platform/files/storage.server';
import type { Job } from '$lib/platform/jobs/job';
import { withoutMaterial } from './data.server';

const payloadSchema = z.object({ file: z.uuid() });
const AT_A_TIME = 200;
const DAY = 24 * 3_600_000;

/** Deletes the files of materials that were deleted, and each night what an upload left behind that was cut off. */
export const jobs: Job[] = [
	{
		kind: 'materials_delete_file',
		run: (payload) => fileStore().remove(payloadSchema.parse(payload).file)
	},
	{
		kind: 'materials_delete_leftovers',
		schedule: '20 8 * * *',
		seconds: 300,
		async run(_, { db, signal }) {
			const store = fileStore();
			const old = await store.before(new Date(Date.now() - DAY));
			for (let at = 0; at < old.length && !signal.aborted; at += AT_A_TIME) {
				const leftovers = await withoutMaterial(db, old.slice(at, at + AT_A_TIME));
				for (const id of leftovers) await store.remove(id);
			}
		}
	}
];
