import autocannon from 'autocannon';

/**
 * One cell: a number of requests over a number of connections, sent as fast as they are answered.
 *
 * @typedef {object} Request
 * @property {string} path
 * @property {'GET' | 'POST'} [method]
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 *
 * @typedef {object} Target
 * @property {string} origin
 * @property {Request[]} requests one that is sent again and again, or as many as are sent
 * @property {number} connections
 * @property {number} status of a success
 *
 * @typedef {object} Cell
 * @property {number} rate answers per second
 * @property {number} p50 milliseconds
 * @property {number} p95 milliseconds
 * @property {number} answers
 * @property {number} errors answers with another status, and connections that broke
 * @property {string} wrong the first such answer, in words
 */

// autocannon looks only this often whether it has all answers; rates here do not depend on it.
const sampleInt = 50;
const timeout = 20;

/**
 * @param {Target} target
 * @param {number} amount of requests; at least one per connection is sent
 * @param {number} longest milliseconds, after which it ends with the answers that there are
 * @returns {Promise<Cell>}
 */
export async function cell(target, amount, longest = 6_000) {
	const { origin, requests, connections, status } = target;
	const sent = Math.max(connections, Math.round(amount));
	/** @type {number[]} */
	const times = [];
	const seen = { errors: 0, wrong: '', first: 0, last: 0 };
	/** @param {string} what */
	const fail = (what) => {
		seen.errors += 1;
		seen.wrong ||= what;
	};
	let next = 0;
	const { run, ended } = open({
		url: origin,
		connections,
		amount: sent,
		timeout,
		sampleInt,
		setupClient(client) {
			const at = next++;
			// Requests that differ are used once: each connection has a share of its own.
			const own =
				requests.length > 1 ? requests.filter((_, n) => n % connections === at) : requests;
			client.setRequests(own.map(({ method = 'GET', ...rest }) => ({ method, ...rest })));
		}
	});
	const began = performance.now();
	run.on('response', (_, code, __, time) => {
		seen.last = performance.now();
		times.push(time);
		if (code !== status) fail(`status ${code} for ${requests[0]?.path}`);
	});
	run.on('reqError', (/** @type {Error} */ error) => fail(error.message));
	const end = setTimeout(() => run.stop(), longest);
	await ended;
	clearTimeout(end);
	times.sort((a, b) => a - b);
	return {
		rate: times.length / ((seen.last - began) / 1000),
		p50: percentile(times, 0.5),
		p95: percentile(times, 0.95),
		answers: times.length,
		errors: seen.errors,
		wrong: seen.wrong
	};
}

/**
 * Sends a request so many times a second, evenly, until it is stopped.
 * @param {Target} target with one request
 * @param {number} rate per second
 * @returns {() => Promise<{ answers: number, errors: number }>} stops, and tells what came back
 */
export function steadily({ origin, requests, status }, rate) {
	let answers = 0;
	let errors = 0;
	/** @type {ReturnType<typeof open>[]} */
	const runs = [];
	// One connection each, a little after the one before: autocannon itself sends in bursts.
	const timers = Array.from({ length: rate }, (_, at) =>
		setTimeout(
			() => {
				const opened = open({
					url: origin,
					connections: 1,
					connectionRate: 1,
					duration: 600,
					timeout,
					sampleInt,
					requests
				});
				opened.run.on('response', (_, code) => {
					answers += 1;
					if (code !== status) errors += 1;
				});
				opened.run.on('reqError', () => (errors += 1));
				runs.push(opened);
			},
			(at * 1000) / rate
		)
	);
	return async () => {
		timers.forEach(clearTimeout);
		for (const { run } of runs) run.stop();
		await Promise.all(runs.map(({ ended }) => ended));
		return { answers, errors };
	};
}

/** @param {autocannon.Options} options */
function open(options) {
	let end = () => {};
	/** @type {Promise<void>} */
	const ended = new Promise((resolve) => (end = resolve));
	return { run: autocannon(options, () => end()), ended };
}

/**
 * @param {number[]} sorted
 * @param {number} share
 */
export function percentile(sorted, share) {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** @param {number[]} values */
export function median(values) {
	const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
	const below = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
	const above = sorted[Math.floor(sorted.length / 2)] ?? NaN;
	return (below + above) / 2;
}

/** @param {number} milliseconds */
export function ms(milliseconds) {
	return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}
