import { redirect } from '@sveltejs/kit';
import * as directory from '$lib/directory/data.server';
import * as votes from '$lib/votes/data.server';
import { withWords } from '$lib/votes/view.server';
import { nothing } from '$lib/votes/schema';
import { action } from '$lib/platform/http/action.server';
import { link } from '$lib/platform/text/i18n/link';
import { found, page } from '$lib/platform/http/load.server';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => ({
	vote: withWords(
		found(await votes.forOrganizers(locals.db, params.vote)),
		await directory.sectors()
	),
	asks: url.searchParams.get('ask') === 'count'
}));

export const actions = {
	count: action(
		nothing,
		async (_, { locals, params }: RequestEvent) => {
			await votes.close(locals.db, params.vote);
			redirect(303, link(`/organize/votes/${params.vote}`));
		},
		{ id: 'count' }
	)
} satisfies Actions;
