import { dev } from '$app/environment';
import type { HandleServerError } from '@sveltejs/kit';
import { logger } from '../log.server';

/** Logs the place in the code without personal data; the reader gets the id to quote to support. */
export const logError: HandleServerError = ({ error: thrown, event, status, message }) => {
	if (status < 500) return { message };
	const id = crypto.randomUUID().slice(0, 8);
	const trace = thrown instanceof Error ? thrown.stack?.split('\n').slice(1, 6) : undefined;
	const name = thrown instanceof Error ? thrown.name : typeof thrown;
	logger.error(
		{ id, status, route: event.route.id, name, trace },
		dev && thrown instanceof Error ? thrown.message : 'unexpected error'
	);
	return { message, id };
};
