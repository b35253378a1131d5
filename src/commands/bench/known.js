import { setTimeout as wait } from 'node:timers/promises';
import { request, Agent } from 'node:http';
import { median } from './cells.js';

/**
 * Whether somebody outside can tell that an address has an account: known addresses and new ones ask for an
 * email in random order, while a second client asks for /health again and again and watches how long it waits.
 *
 * @typedef {{ known: boolean, longest: number, busy: number, reply: number }} Asked
 *
 * @typedef {object} Found
 * @property {number} asks of each kind
 * @property {Record<string, { accuracy: number, known: number, fresh: number }>} signs by what is looked at: the
 *   share that is guessed right, and the medians in milliseconds
 */

/** The answer comes after half a second; what an ask causes is done long before, in milliseconds. */
const worksWithin = 250;

/**
 * @param {string} origin
 * @param {string[]} known addresses with an account, each used once
 * @returns {Promise<Found>}
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
	/** @type {{ at: number, took: number }[]} */
	const waits = [];
	let over = false;
	const watching = (async () => {
		while (!over) {
			const at = performance.now();
			waits.push({ at, took: (await send(origin, '/health', agent)).took });
		}
	})();
	await wait(50);
	const usual = median(waits.map(({ took }) => took));
	const began = performance.now();
	const { status, took } = await send(origin, '/sign-in?/email', undefined, { email, next: '' });
	if (status !== 303) throw new Error(`An address that asks got the status ${status}.`);
	over = true;
	await watching;
	agent.destroy();
	const during = waits
		.filter(({ at, took }) => at + took > began && at < began + worksWithin)
		.map(({ took }) => took);
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
 * Each half of the asks is judged by the threshold that is best on the other one.
 * @param {Asked[]} asked in their order
 * @param {'longest' | 'busy' | 'reply'} look
 */
function judge(asked, look) {
	const halves = [0, 1].map((half) => asked.filter((_, at) => at % 2 === half));
	const right = [0, 1].map((half) => {
		const { threshold, above } = bestThreshold(halves[1 - half] ?? [], look);
		return countRight(halves[half] ?? [], look, threshold, above);
	});
	const of = (/** @type {boolean} */ known) =>
		median(asked.filter((one) => one.known === known).map((one) => one[look]));
	const accuracy = right.reduce((sum, one) => sum + one, 0) / asked.length;
	return { accuracy, known: of(true), fresh: of(false) };
}

/**
 * @param {Asked[]} asked
 * @param {'longest' | 'busy' | 'reply'} look
 */
function bestThreshold(asked, look) {
	let best = { threshold: 0, above: true, right: 0 };
	for (const { [look]: threshold } of asked) {
		for (const above of [true, false]) {
			const right = countRight(asked, look, threshold, above);
			if (right > best.right) best = { threshold, above, right };
		}
	}
	return best;
}

/**
 * @param {Asked[]} asked
 * @param {'longest' | 'busy' | 'reply'} look
 * @param {number} threshold
 * @param {boolean} above whether new addresses are taken to be above it
 */
function countRight(asked, look, threshold, above) {
	return asked.filter((one) => one[look] > threshold === (one.known !== above)).length;
}
