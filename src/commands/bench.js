import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { serveBarePage } from './bench/bare.js';
import { embeddedEngine, postgresEngine } from './bench/engines.js';
import { tellKnown } from './bench/known.js';
import { measure } from './bench/measures.js';
import { measureOpening, peopleForOpening } from './bench/opening.js';
import { ratios, table } from './bench/report.js';
import { installMissing } from './install.js';
import { buildIfNeeded } from './site.js';
import { root } from './terminal.js';

// Measures the built site against a bare SvelteKit page in the same minutes on the same machine.
// `--quick` takes fewer rounds, `--json FILE` also writes the ratios; `--known` only measures whether a known
// address can be distinguished from a new one, `--opening` only a forum whose registration opens. It is no test.

const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		known: { type: 'boolean', default: false },
		opening: { type: 'boolean', default: false },
		json: { type: 'string' }
	}
});
const json = values.json && resolve(values.json);
const plan = values.quick
	? { rounds: 2, seconds: 1, bareSeconds: 0.7 }
	: { rounds: 5, seconds: 4, bareSeconds: 2 };
// Moments, in milliseconds, after which a quick run begins no second round on an engine.
const limits = values.quick
	? { embedded: 90_000, postgres: 180_000 }
	: { embedded: Infinity, postgres: Infinity };
const amounts = { people: values.quick ? 1000 : 3000, few: 1000, many: 20_000 };

process.chdir(root);
// Each site, cluster and folder is removed at the exit by a listener of its own.
process.setMaxListeners(40);
if (!(await installMissing()) || !(await buildIfNeeded())) process.exit(1);
// The sites' own listeners keep a signal from ending this process.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

if (values.known) {
	await known();
	process.exit();
}
if (values.opening) {
	await opening();
	process.exit();
}

const began = performance.now();
const bare = await serveBarePage();
try {
	const embedded = await measure(
		await embeddedEngine(amounts),
		bare.origin,
		plan,
		began + limits.embedded
	);
	const cluster = await postgresEngine(amounts);
	if (!cluster) console.log('This machine has no PostgreSQL: its figures are left out.');
	const postgres =
		cluster && (await measure(cluster.engine, bare.origin, plan, began + limits.postgres));
	await cluster?.stop();
	report({ embedded, postgres });
} finally {
	await bare.stop();
}
// What a package left open must not keep the terminal.
process.exit();

async function known() {
	const asks = values.quick ? 60 : 250;
	// Members and repliers are the first 256 of the people.
	const few = { people: 256 + asks, few: 1, many: 2 };
	const cluster = await postgresEngine(few);
	for (const engine of [await embeddedEngine(few), cluster?.engine]) {
		if (!engine) continue;
		const site = await engine.start('base');
		const emails = engine.facts.others.map(({ email }) => email);
		const { signs } = await tellKnown(site.origin, emails);
		await site.stop();
		console.log(`\n${engine.name}: ${asks} known and ${asks} new addresses ask for an email`);
		for (const [sign, { accuracy, known, fresh }] of Object.entries(signs)) {
			console.log(
				`  ${sign.padEnd(8)} guessed right ${(accuracy * 100).toFixed(1)} % (goal 55)   known ${known.toFixed(1)} ms   new ${fresh.toFixed(1)} ms`
			);
		}
	}
	await cluster?.stop();
}

async function opening() {
	const amounts = { people: 256 + peopleForOpening, few: 1, many: 2 };
	const cluster = await postgresEngine(amounts);
	if (!cluster) console.log('This machine has no PostgreSQL: its figures are left out.');
	for (const engine of [cluster?.engine, await embeddedEngine(amounts)]) {
		if (!engine) continue;
		console.log(`\n${engine.name}`);
		for (const line of await measureOpening(engine)) console.log(`  ${line}`);
	}
	await cluster?.stop();
}

/** @param {import('./bench/report.js').Results} results */
function report(results) {
	const minutes = ((performance.now() - began) / 60_000).toFixed(1);
	console.log(
		`\nMultiples of the cost of a bare SvelteKit page with 50 posts at 16 connections; growth from ${amounts.few} to ${amounts.many} threads.\n`
	);
	console.log(table(results));
	for (const [engine, figures] of Object.entries(results)) {
		for (const error of figures?.errors ?? []) console.log(`ERRORS, ${engine}: ${error}`);
	}
	console.log(
		`\nNode ${process.version}, ${minutes} minutes. Not measured here: blocking time on a phone, which needs a browser.`
	);
	if (values.quick)
		console.log(
			`Quick: ${plan.rounds} rounds of ${plan.seconds} s and ${amounts.people} people instead of 5 rounds of 4 s and 3000.`
		);
	if (json) writeFileSync(json, `${JSON.stringify(ratios(results), null, '\t')}\n`);
}
