import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { cell, ms, percentile } from './cells.js';
import { memory, processor } from './engines.js';
import { growth, largest } from './filled.js';
import { cookiesOf } from './people.js';
import { page, writes } from './subjects.js';

/**
 * A forum whose registration opens: how many register a second, whether pages answer beside them, what the pages
 * cost with many registrations, and what open pages cost.
 *
 * @typedef {import('./engines.js').Engine} Engine
 * @typedef {import('./engines.js').Site} Site
 * @typedef {import('./people.js').Account} Account
 */

const inFlights = [1, 8, 16, 32];
/** Each person registers once: so many for each of the four, and the rush. */
const each = 300;
const rush = { people: 300, seconds: 60 };
const streams = 1_000;

/** People that the lane needs, beside those with a committee. */
export const peopleForOpening = largest + inFlights.length * each + rush.people + 100;

/**
 * @param {Engine} engine
 * @returns {Promise<string[]>} lines for the reader
 */
export async function measureOpening(engine) {
	const site = await engine.start('base');
	const lines = [];
	/** @type {Account[]} */
	const newcomers = [...engine.facts.others];
	try {
		for (const inFlight of inFlights) lines.push(await rateAt(engine, site, newcomers, inFlight));
		lines.push(...(await opening(engine, site, newcomers.splice(0, rush.people))));
		lines.push(...(await holdStreams(engine, site, newcomers)));
	} finally {
		const began = performance.now();
		await site.stop();
		lines.push(`stopped in ${Math.round(performance.now() - began)} ms`);
	}
	lines.push(...(await growth(engine)));
	return lines;
}

/**
 * @param {Engine} engine
 * @param {Site} site
 * @param {Account[]} newcomers those who register are taken out
 * @param {number} inFlight
 */
async function rateAt(engine, site, newcomers, inFlight) {
	const people = newcomers.splice(0, inFlight === 1 ? each / 3 : each);
	const before = processor(site.pid);
	const { rate, p50, p95, errors, wrong } = await cell(
		{
			origin: site.origin,
			connections: inFlight,
			status: 303,
			requests: registrationsOf(engine, site, people)
		},
		people.length,
		60_000
	);
	const failed = errors ? `, ${errors} failed (${wrong})` : '';
	const work = (processor(site.pid) - before) / people.length;
	return `${inFlight} in flight: ${rate.toFixed(1)} registrations/s, p50 ${ms(p50)}, p95 ${ms(p95)}, ${ms(work)} of the site's processor each${failed}`;
}

/**
 * @param {Engine} engine
 * @param {Site} site
 * @param {Account[]} people
 */
function registrationsOf(engine, site, people) {
	const facts = { ...engine.facts, others: people };
	const subject = writes({ ...engine, facts }, site.origin, 1).find(
		({ name }) => name === 'registration'
	);
	return subject?.fresh?.(people.length) ?? [];
}

/**
 * People of one address open the form and register, evenly over a minute, while others read.
 * @param {Engine} engine
 * @param {Site} site
 * @param {Account[]} people
 */
async function opening(engine, site, people) {
	const { origin } = site;
	const slug = engine.facts.forum.slug;
	const cookieOf = cookiesOf(engine.data);
	const sent = registrationsOf(engine, site, people);
	/** @type {Record<string, number[]>} */
	const times = { form: [], registration: [], 'public page': [], 'own page': [] };
	let refused = 0;
	/**
	 * @param {string} name
	 * @param {string} path
	 * @param {RequestInit} [init]
	 * @param {number} [status]
	 */
	const ask = async (name, path, init, status = 200) => {
		const began = performance.now();
		const answer = await fetch(new URL(path, origin), { redirect: 'manual', ...init });
		await answer.arrayBuffer();
		times[name]?.push(performance.now() - began);
		if (answer.status !== status) refused += 1;
	};
	const [reader] = engine.facts.others;
	const own = { headers: { cookie: reader ? cookieOf(reader) : '' } };
	let over = false;
	const beside = (async () => {
		while (!over) {
			await ask('public page', `/forums/${slug}`);
			await ask('own page', `/forums/${slug}/registration`, own);
			await wait(200);
		}
	})();
	await Promise.all(
		people.map(async (person, at) => {
			await wait((at * rush.seconds * 1_000) / people.length);
			const { path, method, headers, body } = sent[at] ?? { path: '' };
			await ask('form', `/forums/${slug}/register`, { headers: { cookie: cookieOf(person) } });
			await ask('registration', path, { method, headers, body }, 303);
		})
	);
	over = true;
	await beside;
	return [
		`rush of ${people.length} people in ${rush.seconds} s: ${refused} not answered as they should`,
		...Object.entries(times).map(([name, all]) => `  ${name}: ${spread(all)}`)
	];
}

/**
 * Pages that stay open, one person each, and how long a change takes to reach them all.
 * @param {Engine} engine
 * @param {Site} site
 * @param {Account[]} newcomers
 */
async function holdStreams(engine, site, newcomers) {
	const { origin, pid } = site;
	const path = `/forums/${engine.facts.forum.slug}/live`;
	const cookieOf = cookiesOf(engine.data);
	const before = memory(pid).now;
	const reached = new Set();
	const opened = newcomers.slice(0, streams).map(async (person, at) => {
		// Not at one moment: a page and its reader come first.
		await wait(at * 20);
		const request = get(new URL(path, origin), {
			agent: false,
			headers: { cookie: cookieOf(person), accept: 'text/event-stream' }
		});
		return new Promise((resolve) => {
			request.on('error', () => resolve(undefined));
			request.on('response', (answer) => {
				answer.on('data', (part) => String(part).includes('change') && reached.add(at));
				answer.on('error', () => undefined);
				resolve(answer.statusCode === 200 ? request : undefined);
			});
		});
	});
	const began = performance.now();
	const open = (await Promise.all(opened)).filter(Boolean);
	const openedIn = performance.now() - began;
	// Each is sent the present value first, since it brings none.
	while (reached.size < open.length && performance.now() - began < 120_000) await wait(250);
	reached.clear();
	const held = memory(pid).now;
	const idle = await cell(page(origin, '/', 1), 50);
	const change = performance.now();
	await cell(
		{
			origin,
			connections: 1,
			status: 303,
			requests: registrationsOf(engine, site, newcomers.slice(-1))
		},
		1
	);
	while (reached.size < open.length && performance.now() - change < 120_000) await wait(100);
	const all = (performance.now() - change) / 1_000;
	for (const request of open.slice(0, -10)) request.destroy();
	return [
		`${open.length} of ${streams} streams open in ${(openedIn / 1_000).toFixed(1)} s: memory ${before} → ${held} MiB`,
		`  a page beside them: p50 ${ms(idle.p50)}; one change reached ${reached.size} in ${all.toFixed(1)} s`
	];
}

/** @param {number[]} times */
function spread(times) {
	const sorted = [...times].sort((a, b) => a - b);
	return `${sorted.length} answers, p50 ${ms(percentile(sorted, 0.5))}, p95 ${ms(percentile(sorted, 0.95))}, slowest ${ms(sorted.at(-1) ?? NaN)}`;
}
