import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

const always = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
	// Not "no-referrer": browsers then send a form's origin as null, which is refused.
	'referrer-policy': 'same-origin'
};

const hour = 'public, max-age=3600';
// Files of `static`, whose names stay the same when they change.
const files: [path: RegExp, headers: Record<string, string>][] = [
	[/^\/fonts\//, { 'cache-control': 'public, max-age=2592000' }],
	[/^\/favicon\.ico$/, { 'cache-control': hour, 'content-type': 'image/x-icon' }],
	[/^\/[\w-]+\.(js|css|svg|png|webmanifest)$/, { 'cache-control': hour }]
];

/** The headers of every answer to a path. What a page sets for itself comes later and wins. */
export function headersFor(path: string): Record<string, string> {
	const [, more] = files.find(([pattern]) => pattern.test(path)) ?? [];
	return { ...always, ...more };
}

// Static files and some redirects are sent before any hook runs.
subscribe('http.server.request.start', (message) => {
	const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
	const path = request.url?.split('?')[0] ?? '';
	for (const [name, value] of Object.entries(headersFor(path))) response.setHeader(name, value);
});
