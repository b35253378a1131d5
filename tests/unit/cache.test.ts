import { gunzipSync } from 'node:zlib';
import type { RequestEvent } from '@sveltejs/kit';
import { beforeEach, expect, test, vi } from 'vitest';
import { clearPages, pageCache } from '$lib/platform/http/pages.server';

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
		cookies: { getAll: () => (cookie ? [{ name: cookie, value: '' }] : []) }
	} as unknown as RequestEvent;
}

const render = vi.fn<(event: RequestEvent) => Promise<Response>>();
const ask = (path: string, details?: Details) =>
	Promise.resolve(pageCache({ event: asks(path, details), resolve: render }));

beforeEach(() => {
	clearPages();
	render.mockReset();
	render.mockImplementation(async ({ url }) => new Response(`page ${url.pathname}`));
});

test('a public page is rendered once, for all who ask meanwhile', async () => {
	const answers = await Promise.all([ask('/forums'), ask('/forums'), ask('/forums')]);
	expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(
		Array.from({ length: 3 }, () => 'page /forums')
	);
	expect(render).toHaveBeenCalledTimes(1);
	await ask('/fr/forums');
	expect(render).toHaveBeenCalledTimes(2);
});

test('it is compressed for whoever takes it so', async () => {
	await ask('/forums');
	const answer = await ask('/forums', { headers: { 'accept-encoding': 'gzip, br' } });
	expect(answer.headers.get('content-encoding')).toBe('gzip');
	expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe('page /forums');
});

test('a verb lets it be rendered anew', async () => {
	await ask('/forums');
	clearPages();
	await ask('/forums');
	expect(render).toHaveBeenCalledTimes(2);
});

test('a page that was under way when a verb came is not kept', async () => {
	let finish = (_: Response) => {};
	render.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
	const early = ask('/forums');
	clearPages();
	finish(new Response('old'));
	expect(await (await early).text()).toBe('old');
	expect(await (await ask('/forums')).text()).toBe('page /forums');
});

test.each<[string, string, Details]>([
	['for someone with a session, good or bad', '/forums', { cookie: 'convergence.0' }],
	['of members', '/account', { route: '/(member)/account' }],
	['of the mailbox', '/mailbox', { route: '/mailbox' }],
	['with a question of its own', '/sign-in?next=/account', { route: '/(public)/sign-in' }],
	['that was sent a form', '/sign-in', { route: '/(public)/sign-in', method: 'POST' }]
])('no page %s is kept', async (_, path, details) => {
	await ask(path, details);
	await ask(path, details);
	expect(render).toHaveBeenCalledTimes(2);
});

test.each([
	['an error', () => new Response('no', { status: 500 })],
	['a redirect', () => new Response(null, { status: 303, headers: { location: '/' } })],
	['an answer with a cookie', () => new Response('', { headers: { 'set-cookie': 'a=b' } })]
])('%s is nobody else’s', async (_, answer) => {
	render.mockImplementation(async () => answer());
	await ask('/forums');
	expect((await ask('/forums')).status).toBe(answer().status);
	expect(render).toHaveBeenCalledTimes(2);
});

test('a page that fails to render fails for whoever asked, and is tried again', async () => {
	render.mockRejectedValueOnce(new Error('broken'));
	await expect(ask('/forums')).rejects.toThrow('broken');
	expect(await (await ask('/forums')).text()).toBe('page /forums');
});

test('who has it already gets no second copy', async () => {
	render.mockImplementation(async () => new Response('page', { headers: { etag: '"1"' } }));
	await ask('/forums');
	const answer = await ask('/forums', { headers: { 'if-none-match': '"1"' } });
	expect(answer.status).toBe(304);
	expect(await answer.text()).toBe('');
});
