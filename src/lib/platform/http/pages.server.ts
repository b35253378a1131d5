import { gzipSync } from 'node:zlib';
import type { Handle, RequestEvent } from '@sveltejs/kit';
import { hasSession } from '../db/client.server';

// Public pages say the same to every visitor. They are kept in memory, already compressed, until a
// verb changes something (or for a few seconds, for other instances and for what time changes).
const LIFETIME = 15_000;
const MOST = 500;

interface Kept {
	until: number;
	page: Promise<Page | null>;
}
interface Page {
	headers: [string, string][];
	plain: Uint8Array<ArrayBuffer>;
	gzip: Uint8Array<ArrayBuffer>;
}

const kept = new Map<string, Kept>();

/** Forgets every kept page. Called after each verb that may change what visitors read. */
export function clearPages(): void {
	kept.clear();
}

/** Serves public pages to visitors from memory; one rendering serves all who ask meanwhile. */
export const pageCache: Handle = async ({ event, resolve }) => {
	if (!isPublicPage(event)) return resolve(event);

	const key = event.url.pathname + event.url.search;
	let entry = kept.get(key);
	let own: Response | undefined;
	if (!entry || entry.until < Date.now()) {
		if (kept.size >= MOST) kept.clear();
		const rendering = Promise.resolve(resolve(event));
		entry = {
			until: Date.now() + LIFETIME,
			page: rendering.then((response) => read(response.clone())).catch(() => null)
		};
		kept.set(key, entry);
		own = await rendering;
		// Not a page to keep (an error, a redirect): the next visitor asks anew.
		if (!(await entry.page) && kept.get(key) === entry) kept.delete(key);
	}
	const page = await entry.page;
	return page ? answer(page, event.request) : (own ?? resolve(event));
};

function isPublicPage(event: RequestEvent): boolean {
	const { request, route, url, isDataRequest } = event;
	return (
		request.method === 'GET' &&
		!isDataRequest &&
		!hasSession(event) &&
		(route.id?.startsWith('/(public)') ?? false) &&
		/^(\?page=\d{1,4})?$/.test(url.search)
	);
}

async function read(response: Response): Promise<Page | null> {
	if (response.status !== 200 || response.headers.has('set-cookie')) return null;
	const plain = new Uint8Array(await response.arrayBuffer());
	return { headers: [...response.headers], plain, gzip: new Uint8Array(gzipSync(plain)) };
}

function answer({ headers, plain, gzip }: Page, request: Request): Response {
	const response = new Response(null, { headers });
	const etag = response.headers.get('etag');
	if (etag && request.headers.get('if-none-match') === etag) {
		return new Response(null, { status: 304, headers });
	}
	const small = request.headers.get('accept-encoding')?.includes('gzip') ?? false;
	const served = new Headers(headers);
	served.append('vary', 'accept-encoding');
	if (small) served.set('content-encoding', 'gzip');
	served.set('content-length', String((small ? gzip : plain).byteLength));
	return new Response(small ? gzip : plain, { headers: served });
}
