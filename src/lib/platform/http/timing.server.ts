import type { Handle } from '@sveltejs/kit';
import { counting } from '../db/client.server';
import { readSettings } from '../settings.server';

let timing: boolean | undefined;

/** Tells in `server-timing` how many backend calls a response took, for `npm run bench`. */
export const timed: Handle = async ({ event, resolve }) => {
	// Not when the module is loaded: a wrong setting has its sentence at the start.
	timing ??= readSettings().timing;
	if (!timing) return resolve(event);
	const { it: response, calls } = await counting(() => resolve(event));
	response.headers.set('server-timing', `backend;desc="${calls}"`);
	return response;
};
