import type { Handle } from '@sveltejs/kit';
import type { Domain } from '../domain';

/** The routes whose pages search engines may find. */
export function findableRoutes(domains: readonly Domain[]): Set<string> {
	return new Set(domains.flatMap(({ findable = {} }) => Object.keys(findable)));
}

/** Keeps everything that no domain lists as findable out of search engines, errors too. */
export function noindex(domains: readonly Domain[]): Handle {
	const findable = findableRoutes(domains);
	return async ({ event, resolve }) => {
		const response = await resolve(event);
		if (!findable.has(event.route.id ?? '')) response.headers.set('x-robots-tag', 'noindex');
		return response;
	};
}
