import type { Handle } from '@sveltejs/kit';
import type { Domain } from '../domain';

/** What a form without files may hold; the server itself takes a file of 10 MB with the rest of its form. */
const MOST = 512 * 1024;

/** Takes large bodies only where a domain says so. As the server, it answers 413 when the body is read. */
export function bodies(domains: readonly Domain[]): Handle {
	const takesFiles = new Set(domains.flatMap((domain) => domain.takesFiles ?? []));
	return ({ event, resolve }) => {
		const { request, route } = event;
		const said = request.headers.get('content-length');
		if (request.body && !takesFiles.has(route.id ?? '') && (said === null || Number(said) > MOST)) {
			const body = limited(request.body);
			event.request = new Request(request, { body, duplex: 'half' } as RequestInit);
		}
		return resolve(event);
	};
}

function limited(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
	let size = 0;
	return body.pipeThrough(
		new TransformStream<Uint8Array, Uint8Array>({
			transform(chunk, controller) {
				size += chunk.byteLength;
				if (size > MOST) controller.error(Object.assign(new Error('too large'), { status: 413 }));
				else controller.enqueue(chunk);
			}
		})
	);
}
