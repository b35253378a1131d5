import { redirect, type Handle } from '@sveltejs/kit';

// Addresses that were public once and are in emails, bookmarks and search engines.
const moved: [from: RegExp, to: string][] = [
	[/^\/ballots\//, '/votes/'],
	[/^\/desk\/lists\//, '/organize/priorities/'],
	[/^\/desk(?=\/|$)/, '/organize'],
	[/^\/priorities\/point\//, '/priorities/history/'],
	[/^(\/forums\/[^/]+)\/programme$/, '$1/program']
];

/** The address of today for an address of before, or undefined. */
export function movedTo(path: string): string | undefined {
	const [, language = '', rest = ''] = /^(\/fr(?=\/))?(.*)$/.exec(path) ?? [];
	const rule = moved.find(([from]) => from.test(rest));
	return rule && language + rest.replace(...rule);
}

/** Redirects old addresses for good. */
export const redirectMoved: Handle = ({ event, resolve }) => {
	const to = movedTo(event.url.pathname);
	if (to) redirect(308, to + event.url.search);
	return resolve(event);
};
