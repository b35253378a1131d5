import { acts } from '$lib/domains';
import * as organize from '$lib/organize/data.server';
import { auditSearchSchema } from '$lib/organize/schema';
import { actChoices, actWords } from '$lib/organize/words';
import { page } from '$lib/platform/http/load.server';
import type { PageServerLoadEvent } from './$types';

export const load = page(async ({ locals, url }: PageServerLoadEvent) => {
	const asked = auditSearchSchema.parse(Object.fromEntries(url.searchParams));
	const { acts: found, ...rest } = await organize.audit(locals.db, asked);
	return {
		...rest,
		asked,
		choices: actChoices(acts),
		acts: found.map(({ action, fields, ...act }) => ({
			...act,
			words: actWords(acts, action, fields)
		}))
	};
});
