import { error } from '@sveltejs/kit';
import * as materials from '$lib/materials/data.server';
import { fileName } from '$lib/materials/rules';
import { download } from '$lib/platform/http/file.server';
import { refusedBy } from '$lib/platform/http/refused.server';
import { pair } from '$lib/platform/text/i18n/pair';
import { m } from '$lib/platform/text/i18n/paraglide/messages';
import type { RequestHandler } from './$types';

/** A file, for who may read it now. One that is not there and one that is not theirs have the same answer. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	if (locals.silent) error(503, m.shared_error_503_text());
	const file = await materials.file(locals.db, params.material).catch((thrown: unknown) => {
		const refused = refusedBy(thrown);
		if (refused?.status === 503) error(503, refused.sentence);
		if (refused) return null;
		throw thrown;
	});
	if (!file) error(404, m.shared_error_404_text());
	return download(file, fileName(pair(file, 'title')), request.method);
};
