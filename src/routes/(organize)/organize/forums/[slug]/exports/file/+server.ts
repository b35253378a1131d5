import * as coverage from '$lib/coverage/data.server';
import { coverageSheet } from '$lib/coverage/view.server';
import * as directory from '$lib/directory/data.server';
import * as exports_ from '$lib/exports/data.server';
import { fileSchema } from '$lib/exports/schema';
import { answersSheet, rosterSheet } from '$lib/exports/view.server';
import { endpoint } from '$lib/platform/http/endpoint.server';
import { fileOf } from '$lib/platform/http/file.server';
import type { RequestEvent } from './$types';

export const POST = endpoint(fileSchema, async ({ what, format }, event: RequestEvent) => {
	const { db } = event.locals;
	const { slug } = event.params;
	const sheets = {
		roster: async () => rosterSheet(await exports_.roster(db, slug), await directory.sectors()),
		answers: async () => answersSheet(await exports_.answers(db, slug)),
		coverage: async () => coverageSheet(await coverage.file(db, slug), await directory.sectors())
	};
	return fileOf(await sheets[what](), `${what}-${slug}`, format);
});
