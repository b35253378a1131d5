import { get } from 'node:http';
import { scriptsOf, stylesOf } from '../weight.js';

/**
 * Bytes as the server sends them to a browser, headers not counted.
 *
 * @typedef {{ script: number, html: number, firstVisit: number }} Weights KiB: the most script of a
 *   member page; the HTML of the thread; the thread with its scripts, styles and font
 */

/**
 * @param {string} origin
 * @param {Record<string, string>} paths of member pages, `thread` among them
 * @param {string} cookie
 * @returns {Promise<Weights>}
 */
export async function weigh(origin, paths, cookie) {
	const weights = { script: 0, html: 0, firstVisit: 0 };
	for (const [name, path] of Object.entries(paths)) {
		const url = new URL(path, origin).href;
		const answer = await fetch(url, { headers: { cookie } });
		const served = { url, html: await answer.text(), link: answer.headers.get('link') };
		const script = await total(scriptsOf(served));
		weights.script = Math.max(weights.script, script);
		if (name !== 'thread') continue;
		weights.html = await sent(url, cookie);
		weights.firstVisit =
			weights.html + script + (await total(stylesOf(served))) + (await total(fontsOf(served)));
	}
	return weights;
}

/** @param {{ url: string, html: string }} served */
function fontsOf({ url, html }) {
	const tags = html.match(/<link\b[^>]*as="font"[^>]*>/g) ?? [];
	return tags.flatMap((tag) => {
		const path = /href="([^"]+)"/.exec(tag)?.[1];
		return path ? [new URL(path, url).href] : [];
	});
}

/** @param {string[]} urls */
async function total(urls) {
	const sizes = await Promise.all([...new Set(urls)].map((url) => sent(url)));
	return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Not with fetch: it counts what is left after decompression.
 * @param {string} url
 * @param {string} [cookie]
 * @returns {Promise<number>} KiB
 */
function sent(url, cookie) {
	const headers = { 'accept-encoding': 'gzip, deflate, br', ...(cookie && { cookie }) };
	return new Promise((resolve, reject) => {
		get(url, { headers }, (answer) => {
			let bytes = 0;
			if (answer.statusCode !== 200) reject(new Error(`${url} answers ${answer.statusCode}`));
			answer.on('data', (chunk) => (bytes += chunk.length));
			answer.on('end', () => resolve(bytes / 1024));
			answer.on('error', reject);
		}).on('error', reject);
	});
}
