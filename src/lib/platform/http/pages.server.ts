import { acceptsGzip } from './encoding';
import { gzipSync } from 'node:zlib';
import type { Handle, RequestEvent } from '@sveltejs/kit';
import { LRUCache } from 'lru-cache';
import { onChange } from '../db/client.server';
import { hasSession } from '../db/session.server';
import type { Domain } from '../domain';
import { hasFlash } from './flash.server';
import { offeredLanguage } from './offer.server';

// Longest age of a cached page: for changes by other instances, and for what time changes by itself.
const LIFETIME = 15_000;
const MOST = 500;

interface Page {
	headers: [string, string][];
	plain: Uint8Array<ArrayBuffer>;
	gzip: Uint8Array<ArrayBuffer>;
}
interface Entry {
	tags: readonly string[];
	page: Promise<Page | null>;
}

/**
 * Serves public pages to visitors from memory, compressed. Only routes that a domain lists in `cached` are
 * cached, each with the tags of what it shows; a write names the tags that it changes, and the pages that
 * carry one are rendered again. One rendering serves all who ask at the same time.
 */
export function pageCache(domains: readonly Domain[]): Handle {
	const rules = new Map(domains.flatMap(({ cached }) => Object.entries(cached ?? {})));
	const pages = new LRUCache<string, Entry>({ max: MOST, ttl: LIFETIME });
	onChange((changed) => {
		for (const [key, { tags }] of pages.entries()) {
			if (tags.some((tag) => changed.includes(tag))) pages.delete(key);
		}
	});

	return async ({ event, resolve }) => {
		const rule = rules.get(event.route.id ?? '');
		if (!rule || !isForVisitor(event)) return resolve(event);
		// The page sees the address that it is cached under, or its links would repeat a stranger's question.
		const url = new URL(event.url);
		url.search = relevant(url.searchParams, rule.query);
		event.url = url;
		const key = `${url.pathname}${url.search} ${offeredLanguage(event) ?? ''}`;
		const known = pages.get(key);
		if (known) {
			const page = await known.page;
			return page ? respond(page, event.request) : resolve(event);
		}
		const rendering = Promise.resolve(resolve(event));
		const entry: Entry = {
			tags: rule.tags,
			page: rendering.then((response) => read(response.clone())).catch(() => null)
		};
		pages.set(key, entry);
		const response = await rendering;
		const page = await entry.page;
		// An error or a redirect is not cached.
		if (!page && pages.peek(key) === entry) pages.delete(key);
		return page ? respond(page, event.request) : response;
	};
}

function isForVisitor(event: RequestEvent): boolean {
	const { request, isDataRequest } = event;
	return request.method === 'GET' && !isDataRequest && !hasSession(event) && !hasFlash(event);
}

function relevant(asked: URLSearchParams, names: readonly string[] = []): string {
	const listed = new URLSearchParams();
	for (const name of names) {
		const value = asked.get(name);
		if (value) listed.set(name, value);
	}
	return listed.size > 0 ? `?${listed}` : '';
}

async function read(response: Response): Promise<Page | null> {
	if (response.status !== 200 || response.headers.has('set-cookie')) return null;
	const plain = new Uint8Array(await response.arrayBuffer());
	return { headers: [...response.headers], plain, gzip: new Uint8Array(gzipSync(plain)) };
}

function respond({ headers, plain, gzip }: Page, request: Request): Response {
	const served = new Headers(headers);
	const etag = served.get('etag');
	if (etag && request.headers.get('if-none-match') === etag) {
		return new Response(null, { status: 304, headers: served });
	}
	const small = acceptsGzip(request.headers.get('accept-encoding'));
	served.append('vary', 'accept-encoding, accept-language, sec-fetch-site');
	if (small) served.set('content-encoding', 'gzip');
	served.set('content-length', String((small ? gzip : plain).byteLength));
	return new Response(small ? gzip : plain, { headers: served });
}
