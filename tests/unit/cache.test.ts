import { gunzipSync } from 'node:zlib';
import type { RequestEvent } from '@sveltejs/kit';
import { beforeEach, expect, test, vi } from 'vitest';
import { write } from '$lib/platform/db/client.server';
import type { Domain } from '$lib/platform/domain';
import { pageCache } from '$lib/platform/http/pages.server';

const domain: Domain = {
	name: 'sample',
	cached: {
		'/(public)/forums': { tags: ['forums'] },
		'/(public)/reports': { tags: ['reports', 'votes'], query: ['page'] }
	}
};
let cache: ReturnType<typeof pageCache>;

type Details = { route?: string; cookie?: string; headers?: HeadersInit; method?: string };

function asks(
	path: string,
	{ route = '/(public)/forums', cookie, headers, method = 'GET' }: Details = {}
) {
	const url = new URL(path, 'http://localhost');
	return {
		url,
		request: new Request(url, { headers, method }),
		route: { id: route },
		isDataRequest: false,
		cookies: {
			get: (name: string) => (name === cookie ? 'key=committees_done_left' : undefined),
			getAll: () => (cookie ? [{ name: cookie, value: '' }] : [])
		}
	} as unknown as RequestEvent;
}

const render = vi.fn<(event: RequestEvent) => Promise<Response>>();
const ask = (path: string, details?: Details) =>
	Promise.resolve(cache({ event: asks(path, details), resolve: render }));
const text = async (path: string, details?: Details) => (await ask(path, details)).text();
/** A write that succeeds and names these tags. */
const changes = (...tags: string[]) =>
	write(Promise.resolve({ data: null, error: null, status: 200 }), tags);

beforeEach(() => {
	cache = pageCache([domain]);
	render.mockReset();
	render.mockImplementation(async ({ url }) => new Response(`page ${url.pathname}${url.search}`));
});

test('a public page is rendered once, for all who ask at the same time', async () => {
	const pages = await Promise.all([text('/forums'), text('/forums'), text('/forums')]);
	expect(pages).toEqual(Array.from({ length: 3 }, () => 'page /forums'));
	expect(render).toHaveBeenCalledTimes(1);
	await ask('/fr/forums');
	expect(render).toHaveBeenCalledTimes(2);
});

test('whose browser prefers the other language gets the page that offers it, on arriving only', async () => {
	const french = { 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.8' };
	await ask('/forums', { headers: { 'accept-language': 'en-CA' } });
	await ask('/forums', { headers: french });
	await ask('/forums', { headers: { ...french, 'sec-fetch-site': 'cross-site' } });
	expect(render).toHaveBeenCalledTimes(2);
	await ask('/forums', { headers: { ...french, 'sec-fetch-site': 'same-origin' } });
	expect(render).toHaveBeenCalledTimes(2);
});

test('it is compressed for readers who take it so', async () => {
	await ask('/forums');
	const answer = await ask('/forums', { headers: { 'accept-encoding': 'gzip, br' } });
	expect(answer.headers.get('content-encoding')).toBe('gzip');
	expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe('page /forums');
});

test('a change forgets the pages that carry its tag, and no other', async () => {
	const reports = { route: '/(public)/reports' };
	await ask('/forums');
	await ask('/reports', reports);
	await changes('forums');
	await ask('/forums');
	await ask('/reports', reports);
	expect(render).toHaveBeenCalledTimes(3);
	await changes('votes');
	await ask('/forums');
	await ask('/reports', reports);
	expect(render).toHaveBeenCalledTimes(4);
});

test('a change that visitors cannot see keeps every page', async () => {
	await ask('/forums');
	await changes();
	await changes('committees');
	await ask('/forums');
	expect(render).toHaveBeenCalledTimes(1);
});

test('a page that was being rendered when a change came is not cached', async () => {
	let finish = (_: Response) => {};
	render.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
	const early = ask('/forums');
	await changes('forums');
	finish(new Response('before'));
	expect(await (await early).text()).toBe('before');
	expect(await text('/forums')).toBe('page /forums');
});

test('parameters that a page does not read neither render it again nor reach it', async () => {
	await ask('/forums');
	for (const question of ['?page=9999', '?utm=x', '?page=1&page=2']) {
		expect(await text(`/forums${question}`)).toBe('page /forums');
	}
	expect(render).toHaveBeenCalledTimes(1);
	const reports = { route: '/(public)/reports' };
	expect(await text('/reports?page=2&utm=x', reports)).toBe('page /reports?page=2');
});

test.each([
	['a route that no domain lists', '/forums', { route: '/(public)/sign-in' }],
	['a page of members', '/threads/1', { route: '/(member)/threads/[thread]' }],
	['a reader with a session, valid or not', '/forums', { cookie: 'convergence' }],
	['a reader with a session in parts', '/forums', { cookie: 'convergence.0' }],
	['a reader who is told what was just done', '/forums', { cookie: 'flash' }],
	['a form', '/forums', { method: 'POST' }]
])('%s is not cached', async (_, path, details) => {
	await ask(path, details);
	await ask(path, details);
	expect(render).toHaveBeenCalledTimes(2);
});

test('an error is not cached', async () => {
	render.mockImplementationOnce(async () => new Response('down', { status: 503 }));
	expect((await ask('/forums')).status).toBe(503);
	expect(await text('/forums')).toBe('page /forums');
});

test('an answer with a cookie is not cached', async () => {
	render.mockImplementation(
		async () => new Response('mine', { headers: { 'set-cookie': 'convergence=1' } })
	);
	await ask('/forums');
	await ask('/forums');
	expect(render).toHaveBeenCalledTimes(2);
});

test('a reader who has the page already is sent nothing', async () => {
	render.mockImplementation(async () => new Response('page', { headers: { etag: '"1"' } }));
	await ask('/forums');
	const answer = await ask('/forums', { headers: { 'if-none-match': '"1"' } });
	expect(answer.status).toBe(304);
	expect(await answer.text()).toBe('');
});
