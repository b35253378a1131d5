import { z } from 'zod';
import * as privacy from '$lib/privacy/data.server';
import { endpoint } from '$lib/platform/http/endpoint.server';

/** All data about the person, as one file. */
export const GET = endpoint(z.object({}), (_, { locals }) => privacy.mine(locals.db), {
	headers: { 'content-disposition': 'attachment; filename="convergence.json"' }
});
