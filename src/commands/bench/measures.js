import { cell, median, steadily } from './cells.js';
import { memory } from './engines.js';
import { againstBare } from './rounds.js';
import { memberPages, page, readerOf, reads, writes } from './subjects.js';
import { weigh } from './weight.js';

/**
 * All figures of one engine.
 *
 * @typedef {import('./engines.js').Engine} Engine
 * @typedef {import('./engines.js').Site} Site
 * @typedef {import('./rounds.js').Measured} Measured
 * @typedef {import('./rounds.js').Plan} Plan
 * @typedef {import('./cells.js').Cell} Cell
 *
 * @typedef {object} Figures
 * @property {Map<string, Measured>} cells
 * @property {number} verb share of the rate of a raw insert
 * @property {number} beside share of the visitors' rate that is left beside members
 * @property {Record<string, number>} growth by page
 * @property {number} startMemory MiB
 * @property {number} peakMemory MiB
 * @property {{ cold: number, warm: number }} start milliseconds
 * @property {import('./weight.js').Weights} weights
 * @property {string[]} errors
 */

const memberRate = 17;

/**
 * @param {Engine} engine
 * @param {string} bareOrigin
 * @param {Plan} plan
 * @param {number} until a moment after which no further round begins
 * @returns {Promise<Figures>}
 */
export async function measure(engine, bareOrigin, plan, until) {
	const site = await engine.start('base');
	try {
		const startMemory = memory(site.pid).now;
		const bare = page(bareOrigin, '/', 16);
		await warmUp(engine, site);
		const weights = await weigh(site.origin, memberPages(engine), readerOf(engine));
		console.error(`${engine.name}: reads …`);
		const read = await againstBare(bare, reads(engine, site.origin), plan, until);
		console.error(`${engine.name}: writes …`);
		const written = await againstBare(bare, writes(engine, site.origin, plan.rounds), plan, until);
		const cells = new Map([...read, ...written]);
		const beside = await besideMembers(engine, site, plan, until);
		const peakMemory = memory(site.pid).peak;
		await site.stop();
		const growth = await grow(engine, plan, until);
		return {
			cells,
			verb: engine.ballots.verb / engine.ballots.raw,
			beside: beside.share,
			growth: growth.factors,
			startMemory,
			peakMemory,
			start: { cold: engine.coldStart, warm: site.startedIn },
			weights,
			errors: [
				...[...cells]
					.filter(([, { errors }]) => errors)
					.map(([name, { errors, wrong }]) => `${name}: ${errors} (${wrong})`),
				...beside.errors,
				...growth.errors
			]
		};
	} finally {
		await site.stop();
	}
}

/**
 * The first answers of a process are compiled while they are given.
 * @param {Engine} engine
 * @param {Site} site
 */
async function warmUp(engine, site) {
	const cookie = readerOf(engine);
	for (const path of Object.values(memberPages(engine)))
		await cell(page(site.origin, path, 4, cookie), 48);
	await cell(page(site.origin, '/', 16), 1500);
}

/**
 * @param {Engine} engine
 * @param {Site} site
 * @param {Plan} plan
 * @param {number} until
 */
async function besideMembers(engine, site, { rounds, seconds }, until) {
	console.error(`${engine.name}: visitors beside members …`);
	const visitors = page(site.origin, '/', 16);
	const member = page(site.origin, memberPages(engine).thread, 1, readerOf(engine));
	const shares = [];
	/** @type {string[]} */
	const errors = [];
	let { rate } = await cell(visitors, 500);
	for (let round = 0; round < rounds; round++) {
		if (round > 0 && performance.now() > until) break;
		const alone = await cell(visitors, rate * seconds);
		rate = alone.rate;
		const stop = steadily(member, memberRate);
		const beside = await cell(visitors, (rate * seconds) / 2);
		const members = await stop();
		shares.push(beside.rate / alone.rate);
		if (beside.errors + alone.errors) errors.push(`visitors: ${beside.wrong || alone.wrong}`);
		if (members.errors) errors.push(`members beside visitors: ${members.errors}`);
	}
	return { share: median(shares), errors };
}

/**
 * Two sites side by side, one with few threads and one with many.
 * @param {Engine} engine
 * @param {Plan} plan
 * @param {number} until
 */
async function grow(engine, { rounds, seconds }, until) {
	console.error(`${engine.name}: growth …`);
	const [few, many] = await Promise.all([engine.start('few'), engine.start('many')]);
	const cookie = readerOf(engine);
	/** @type {Record<string, number>} */
	const factors = {};
	/** @type {string[]} */
	const errors = [];
	try {
		for (const [name, path] of Object.entries(memberPages(engine))) {
			const [small, large] = [few, many].map(({ origin }) => page(origin, path, 1, cookie));
			if (!small || !large) continue;
			const note = (/** @type {Cell} */ { errors: count, wrong }) => {
				if (count > 0) errors.push(`growth of ${name}: ${count} (${wrong})`);
			};
			// The first cells are for the two processes to get warm.
			const warm = [await cell(small, 4), await cell(large, 4)];
			warm.forEach(note);
			const amount = Math.max(4, (seconds * 1000) / Math.max(...warm.map(({ p50 }) => p50)));
			const ratios = [];
			for (let round = 0; round < rounds; round++) {
				if (round > 0 && performance.now() > until) break;
				const cells = [await cell(small, amount), await cell(large, amount)];
				cells.forEach(note);
				ratios.push((cells[1]?.p50 ?? NaN) / (cells[0]?.p50 ?? NaN));
			}
			factors[name] = median(ratios);
		}
	} finally {
		await Promise.all([few.stop(), many.stop()]);
	}
	return { factors, errors };
}
