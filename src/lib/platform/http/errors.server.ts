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

/**
 * Ends the process on a rejected promise that nothing handles, after logging what it was: its state is
 * unknown. The one exception is the auth library, which renews tokens on its own time.
 */
export function endOnUnhandledRejection(): void {
	process.on('unhandledRejection', (thrown) => {
		const name = thrown instanceof Error ? thrown.name : typeof thrown;
		const trace = thrown instanceof Error ? thrown.stack?.split('\n').slice(1, 6) : undefined;
		if (/^Auth\w*Error$/.test(name)) {
			logger.warn({ name }, 'token not renewed');
			return;
		}
		logger.fatal({ name, trace }, 'unhandled rejection');
		process.exit(1);
	});
}
