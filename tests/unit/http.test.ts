import { acceptsGzip } from '$lib/platform/http/encoding';
import { networkOf } from '$lib/platform/http/limits/network';
import { expect, test } from 'vitest';
import { headersFor } from '../../src/lib/platform/http/answers.server';
import { refuseForeign } from '../../src/lib/platform/http/foreign.server';
import { movedTo } from '../../src/lib/platform/http/moved.server';
import { addressesOf, otherAddress, questionOf } from '../../src/lib/platform/text/i18n/addresses';
import { isForReading } from '../../src/lib/platform/http/reading.server';

test.each([
	['/ballots/1/result', '/votes/1/result'],
	['/fr/ballots/1', '/fr/votes/1'],
	['/desk', '/organize'],
	['/fr/desk/lists/2014', '/fr/organize/priorities/2014'],
	['/desk/votes/new', '/organize/votes/new'],
	['/priorities/point/1', '/priorities/history/1'],
	['/forums/2016/programme', '/forums/2016/program'],
	['/fr/forums/2016/programme', '/fr/forums/2016/program'],
	['/desktop', undefined],
	['/ballots', undefined],
	['/forums/2016', undefined]
])('%s leads to %s', (from, to) => {
	expect(movedTo(from)).toBe(to);
});

test.each([
	['/fonts/atkinson-next-latin.woff2', 'public, max-age=2592000'],
	['/exit.js', 'public, max-age=3600'],
	['/favicon.ico', 'public, max-age=3600'],
	['/forums', undefined],
	['/_app/immutable/entry/start.js', undefined]
])('an answer to %s has the usual headers, and is cached %s', (path, cached) => {
	const { 'cache-control': cache, ...headers } = headersFor(path);
	expect(cache).toBe(cached);
	expect(headers).toMatchObject({
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'same-origin'
	});
	expect(headers['content-type']).toBe(path === '/favicon.ico' ? 'image/x-icon' : undefined);
});

test.each([
	['/forums/2027/register?/register', 'en', '/forums/2027/register'],
	['/fr/sign-in?/email', 'fr', '/fr/sign-in']
])('a foreign form to %s is refused in the language of the path', async (path, lang, back) => {
	const url = new URL(`https://network.example${path}`);
	const answer = refuseForeign(new Request(url, { method: 'POST' }), url);
	expect(answer.status).toBe(403);
	expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
	const html = await answer.text();
	expect(html).toContain(`<html lang="${lang}">`);
	expect(html).toContain(`<a href="${back}">`);
	const script = new Request(url, { method: 'POST', headers: { accept: 'application/json' } });
	expect(await refuseForeign(script, url).json()).toMatchObject({ type: 'error', status: 403 });
});

test.each<[string, RequestInit, boolean]>([
	['a person', {}, true],
	['a request for headers', { method: 'HEAD' }, false],
	['a prefetch', { headers: { 'sec-purpose': 'prefetch' } }, false],
	['a prerender', { headers: { 'sec-purpose': 'prefetch;prerender' } }, false],
	['a prefetch of an older browser', { headers: { purpose: 'prefetch' } }, false]
])('a page asked for by %s is read: %s', (_, init, read) => {
	expect(isForReading(new Request('https://network.example/threads/1', init))).toBe(read);
});

test.each([
	['/forums?utm_source=x&fbclid=1', ''],
	['/sign-in?next=%2Faccount&gclid=2', '?next=%2Faccount'],
	['/threads/1?page=2', '?page=2'],
	['/account?/save', '']
])('the question of %s that a link repeats is "%s"', (path, question) => {
	expect(questionOf(new URL(path, 'https://network.example'))).toBe(question);
});

test('home has one address in each language', () => {
	expect(addressesOf(new URL('https://network.example/fr'))).toEqual({
		en: 'https://network.example/',
		fr: 'https://network.example/fr'
	});
});

test.each(['/forums/2027?utm_source=x', '/fr/forums/2027'])(
	'%s is one page in two languages',
	(path) => {
		expect(addressesOf(new URL(path, 'https://network.example'))).toEqual({
			en: 'https://network.example/forums/2027',
			fr: 'https://network.example/fr/forums/2027'
		});
	}
);

test('the link to the other language leaves out where somebody came from', () => {
	const url = new URL('https://network.example/sign-in?next=%2Faccount&utm_source=x');
	expect(otherAddress(url)).toBe('/fr/sign-in?next=%2Faccount');
});

test.each([
	['203.0.113.9', '203.0.113.9'],
	['::ffff:203.0.113.9', '203.0.113.9'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
	['2001:db8::1', '2001:db8:0:0::/64'],
	['fe80::1%eth0', 'fe80:0:0:0::/64'],
	['::1', '0:0:0:0::/64'],
	['unknown', 'unknown']
])('a limit counts %s as %s', (address, network) => {
	expect(networkOf(address)).toBe(network);
});

test.each([
	['gzip, br', true],
	['br, GZIP;q=0.5', true],
	['gzip;q=0', false],
	['gzip; q=0.000, br', false],
	['xgzipx', false],
	['*', false],
	[null, false]
])('a browser that says %s takes gzip: %s', (header, takes) => {
	expect(acceptsGzip(header)).toBe(takes);
});
