import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * A worker that asks for one thing again and again over a number of kept-alive connections, bounded
 * in time and in number, and posts what it measured.
 *
 * @typedef {object} Target
 * @property {string} path
 * @property {'GET' | 'POST'} method
 * @property {Record<string, string>} headers
 * @property {string} [body]
 *
 * @typedef {object} Measured
 * @property {number} rate answers per second
 * @property {number} p50 milliseconds
 * @property {number} p95 milliseconds
 * @property {number} errors answers that were no success, and connections that broke
 * @property {number | null} backendCalls the most that one answer owned up to; null when none did
 */

const patience = 10_000;

/** @type {{ port: number, target: Target, connections: number, seconds: number, most: number }} */
const { port, target, connections, seconds, most } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

/** @type {number[]} */
const times = [];
let started = 0;
let errors = 0;
/** @type {number | null} */
let backendCalls = null;

const began = performance.now();
const until = began + seconds * 1000;
await Promise.all(Array.from({ length: connections }, connection));
const took = (performance.now() - began) / 1000;
agent.destroy();

times.sort((a, b) => a - b);
/** @type {Measured} */
const measured = {
	rate: times.length / took,
	p50: percentile(0.5),
	p95: percentile(0.95),
	errors,
	backendCalls
};
parentPort?.postMessage(measured);

async function connection() {
	while (performance.now() < until && started++ < most) {
		const asked = performance.now();
		if (!(await ask().catch(() => false))) errors += 1;
		times.push(performance.now() - asked);
	}
}

/** @returns {Promise<boolean>} whether the answer was a success */
function ask() {
	return new Promise((resolve, reject) => {
		const { path, method, headers, body } = target;
		const asking = request({ agent, port, host: '127.0.0.1', path, method, headers }, (answer) => {
			noteCalls(answer.headers['server-timing']);
			let text = '';
			answer.on('data', (chunk) => (text += method === 'POST' ? chunk : ''));
			answer.on('end', () => resolve(answer.statusCode === 200 && !isRefusal(text)));
			answer.on('error', reject);
		});
		asking.setTimeout(patience, () => asking.destroy(new Error('no answer in time')));
		asking.on('error', reject);
		asking.end(body);
	});
}

/**
 * An action answers 200 whatever became of it; the body says which.
 * @param {string} text
 */
function isRefusal(text) {
	return /^\{"type":"(failure|error)"/.test(text);
}

/** @param {string | string[] | undefined} header */
function noteCalls(header) {
	const calls = /\bbackend;desc="?(\d+)/.exec(`${header}`)?.[1];
	if (calls !== undefined) backendCalls = Math.max(backendCalls ?? 0, Number(calls));
}

/** @param {number} share */
function percentile(share) {
	return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}
