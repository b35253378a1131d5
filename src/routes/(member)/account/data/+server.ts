import { json } from '@sveltejs/kit';
import * as privacy from '$lib/privacy/data.server';
import type { RequestHandler } from './$types';

/** Everything kept about the person, as one file. */
export const GET: RequestHandler = async ({ locals }) =>
	json(await privacy.mine(locals.db), {
		headers: { 'content-disposition': 'attachment; filename="convergence.json"' }
	});
