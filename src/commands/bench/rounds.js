import { setTimeout as wait } from 'node:timers/promises';
import { cell, median } from './cells.js';

/**
 * Cells of the site next to cells of the bare page, because the speed of a shared machine drifts.
 *
 * @typedef {import('./cells.js').Cell} Cell
 * @typedef {import('./cells.js').Target} Target
 *
 * @typedef {object} Subject
 * @property {string} name
 * @property {Target} target
 * @property {(amount: number) => Target['requests']} [fresh] requests for one cell, where each is used once
 * @property {number} [most] requests in one cell
 * @property {number} [rest] milliseconds between two cells
 *
 * @typedef {object} Measured
 * @property {number} ratio median of the rates of the bare page ÷ this one, round by round
 * @property {number} rate
 * @property {number} p50
 * @property {number} p95
 * @property {number} errors
 * @property {string} wrong
 *
 * @typedef {{ rounds: number, seconds: number, bareSeconds: number }} Plan lengths of the cells
 */

/**
 * @param {Target} bare
 * @param {Subject[]} subjects
 * @param {Plan} plan
 * @param {number} until a moment after which no further round begins
 * @returns {Promise<Map<string, Measured>>} by name
 */
export async function againstBare(bare, subjects, { rounds, seconds, bareSeconds }, until) {
	/** @type {Map<string, { cells: Cell[], ratios: number[] }>} */
	const taken = new Map(subjects.map(({ name }) => [name, { cells: [], ratios: [] }]));
	/** @type {Map<string, number>} */
	const speeds = new Map();
	let bareSpeed = (await cell(bare, 200)).rate;
	/** @type {Map<string, number>} */
	const ended = new Map();
	const send = async (
		/** @type {Subject} */ subject,
		/** @type {number} */ amount,
		/** @type {number} */ longest
	) => {
		const { name, rest = 0 } = subject;
		await wait(Math.max(0, (ended.get(name) ?? -Infinity) + rest - performance.now()));
		const sent = await sendCell(subject, amount, longest);
		ended.set(name, performance.now());
		return sent;
	};
	for (const subject of subjects) {
		// At least one answer for each connection, whatever it takes; a page that is rendered each time needs as many to get warm.
		const amount = subject.rest ? (subject.most ?? 1) : 1;
		speeds.set(subject.name, (await send(subject, amount, 6_000)).rate);
	}
	for (let round = 0; round < rounds; round++) {
		if (round > 0 && performance.now() > until) break;
		for (const subject of subjects) {
			const next = await cell(bare, bareSpeed * bareSeconds, bareSeconds * 3000);
			const own = await send(subject, (speeds.get(subject.name) ?? 0) * seconds, seconds * 3000);
			bareSpeed = next.rate;
			speeds.set(subject.name, own.rate);
			const { cells, ratios } = taken.get(subject.name) ?? { cells: [], ratios: [] };
			cells.push(own);
			ratios.push(next.rate / own.rate);
			noteBare(next);
		}
	}
	return new Map([...taken].map(([name, { cells, ratios }]) => [name, summary(cells, ratios)]));
}

/**
 * @param {Subject} subject
 * @param {number} amount
 * @param {number} longest milliseconds
 */
function sendCell({ target, fresh, most = 20_000 }, amount, longest) {
	const sent = Math.max(target.connections, Math.min(most, Math.round(amount)));
	return cell(fresh ? { ...target, requests: fresh(sent) } : target, sent, longest);
}

/**
 * @param {Cell[]} cells
 * @param {number[]} ratios
 * @returns {Measured}
 */
function summary(cells, ratios) {
	return {
		ratio: median(ratios),
		rate: median(cells.map(({ rate }) => rate)),
		p50: median(cells.map(({ p50 }) => p50)),
		p95: median(cells.map(({ p95 }) => p95)),
		errors: cells.reduce((sum, { errors }) => sum + errors, 0),
		wrong: cells.find(({ wrong }) => wrong)?.wrong ?? ''
	};
}

/** @param {Cell} bare */
function noteBare({ errors, wrong }) {
	if (errors > 0) throw new Error(`The bare page failed: ${wrong}`);
}

/**
 * @template T
 * @param {T[]} all
 * @returns {(count: number) => T[]} the next ones, from the start again after the last
 */
export function inTurn(all) {
	let at = 0;
	return (count) => Array.from({ length: count }, () => /** @type {T} */ (all[at++ % all.length]));
}
