import { setTimeout as wait } from 'node:timers/promises';
import { request, Agent } from 'node:http';
import { median } from './cells.js';

/**
 * Whether somebody outside can tell that an address has an account: known addresses and new ones ask for an
 * email in random order, while a second client asks for /health again and again and watches how long it waits.
 *
 * @typedef {{ known: boolean, longest: number, busy: number, reply: number }} Asked
 *
 * @typedef {object} Told
 * @property {number} asks of each kind
 * @property {Record<string, { accuracy: number, known: number, fresh: number }>} signs by what is looked at: the
 *   share that the best threshold of one half gets right in the other half, and the medians in milliseconds
 */

/**
 * @param {string} origin
 * @param {string[]} known addresses with an account, each used once
 * @returns {Promise<Told>}
 */
export async function tellKnown(origin, known) {
	const fresh = known.map((_, at) => `fresh${at}.${Date.now()}@example.org`);
	const order = [
		...known.map((email) => ({ email, known: true })),
		...fresh.map((email) => ({ email, known: false }))
	]
		.map((ask) => ({ ask, at: Math.random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ ask }) => ask);
	/** @type {Asked[]} */
	const asked = [];
	// The first ones warm the site up.
	for (const { email, known: isKnown } of order) {
		asked.push({ known: isKnown, ...(await ask(origin, email)) });
		await wait(20 + Math.random() * 60);
	}
	const looks = /** @type {const} */ (['longest', 'busy', 'reply']);
	return {
		asks: known.length,
		signs: Object.fromEntries(looks.map((look) => [look, judge(asked.slice(10), look)]))
	};
}

/**
 * @param {string} origin
 * @param {string} email
 */
async function ask(origin, email) {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	/** @type {number[]} */
	const waits = [];
	let over = false;
	const watching = (async () => {
		while (!over) waits.push((await send(origin, '/health', agent)).took);
	})();
	await wait(30);
	const before = waits.length;
	const usual = median(waits);
	const { status, took } = await send(origin, '/sign-in?/email', undefined, { email, next: '' });
	if (status !== 303) throw new Error(`An address that asks got the status ${status}.`);
	over = true;
	await watching;
	agent.destroy();
	const during = waits.slice(before);
	return {
		longest: Math.max(...during),
		busy: during.reduce((sum, one) => sum + Math.max(0, one - usual), 0),
		reply: took
	};
}

/**
 * @param {string} origin
 * @param {string} path
 * @param {Agent} [agent]
 * @param {Record<string, string>} [form]
 * @returns {Promise<{ status: number, took: number }>}
 */
function send(origin, path, agent, form) {
	const body = form && new URLSearchParams(form).toString();
	const headers = body
		? { origin, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }
		: {};
	const began = performance.now();
	return new Promise((resolve, reject) => {
		request(`${origin}${path}`, { method: body ? 'POST' : 'GET', agent, headers }, (answer) => {
			answer.resume();
			answer.on('end', () =>
				resolve({ status: answer.statusCode ?? 0, took: performance.now() - began })
			);
		})
			.on('error', reject)
			.end(body);
	});
}

/**
 * @param {Asked[]} asked in their order: every other one is the half that is held out
 * @param {'longest' | 'busy' | 'reply'} look
 */
function judge(asked, look) {
	const [seen, unseen] = [0, 1].map((half) => asked.filter((_, at) => at % 2 === half));
	if (!seen || !unseen) throw new Error('There is nothing to judge.');
	const share = (/** @type {Asked[]} */ half, /** @type {number} */ threshold, above = true) =>
		half.filter((one) => one[look] > threshold === (one.known !== above)).length / half.length;
	let best = { threshold: 0, above: true, share: 0 };
	for (const { [look]: threshold } of seen) {
		for (const above of [true, false]) {
			const found = share(seen, threshold, above);
			if (found > best.share) best = { threshold, above, share: found };
		}
	}
	const of = (/** @type {boolean} */ known) =>
		median(asked.filter((one) => one.known === known).map((one) => one[look]));
	return { accuracy: share(unseen, best.threshold, best.above), known: of(true), fresh: of(false) };
}
