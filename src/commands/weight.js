import { gzipSync } from 'node:zlib';

/**
 * What a page makes a browser load before anybody touches it. Kit names modules in the `link` header
 * when it renders a page on request, in tags when it does not, and starts them from an inline script.
 *
 * @typedef {{ url: string, html: string, link: string | null | undefined }} Served
 */

/**
 * @param {Served} served
 * @returns {string[]} absolute addresses
 */
export function scriptsOf(served) {
	const started = [...served.html.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, path = '']) => path);
	return addresses(served, /^<script|rel="?modulepreload/, started);
}

/**
 * @param {Served} served
 * @returns {string[]} absolute addresses
 */
export function stylesOf(served) {
	return addresses(served, /rel="?stylesheet|rel="?preload"?; as="?style/, []);
}

/**
 * @param {ArrayBuffer | Buffer} body
 * @returns {number} kilobytes, gzipped as a server would once and for all
 */
export function kilobytes(body) {
	return gzipSync(new Uint8Array(body), { level: 9 }).length / 1024;
}

/**
 * @param {Served} served
 * @param {RegExp} kind
 * @param {string[]} others
 */
function addresses({ url, html, link }, kind, others) {
	const inTags = (html.match(/<(script|link)\b[^>]*>/g) ?? [])
		.filter((tag) => kind.test(tag))
		.map((tag) => /(?:src|href)="?([^"\s>]+)/.exec(tag)?.[1]);
	const inHeader = (link ?? '')
		.split(/,\s*(?=<)/)
		.filter((entry) => kind.test(entry))
		.map((entry) => /<([^>]+)>/.exec(entry)?.[1]);
	const all = [...inTags, ...inHeader, ...others].filter((path) => path !== undefined);
	return [...new Set(all.map((path) => new URL(path, url).href))];
}
