import { constants, gzipSync } from 'node:zlib';
import type { Handle } from '@sveltejs/kit';
import { acceptsGzip } from './encoding';

const SMALLEST = 1_000;
const TEXT = /^(text\/(?!event-stream)|application\/(json|xml|manifest\+json)|image\/svg)/;

/** Compresses what is text and not small. A cached page and built files are compressed already. */
export const compressed: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const { headers } = response;
	if (!TEXT.test(headers.get('content-type') ?? '')) return response;
	if (!headers.has('content-encoding')) headers.append('vary', 'accept-encoding');
	if (
		headers.has('content-encoding') ||
		response.body === null ||
		!acceptsGzip(event.request.headers.get('accept-encoding'))
	) {
		return response;
	}
	const plain = new Uint8Array(await response.arrayBuffer());
	if (plain.byteLength < SMALLEST) return new Response(plain, { status: response.status, headers });
	// Level 1: the rest costs three times the processor for a tenth of the size. Handing a page to another
	// thread and back costs as much again as compressing it.
	const small = gzipSync(plain, { level: constants.Z_BEST_SPEED });
	headers.set('content-encoding', 'gzip');
	headers.set('content-length', String(small.byteLength));
	return new Response(small as Uint8Array<ArrayBuffer>, { status: response.status, headers });
};
