import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needChromium } from './chromium.js';
import { installMissing } from './install.js';
import { startCluster } from './postgres.js';
import { buildIfNeeded } from './site.js';
import { root, run } from './terminal.js';

/**
 * The whole proof in one command: `npm test`, or `npm test -- unit pglite` for some lanes.
 * A failing lane does not stop the next one; the last line of the output is the sum.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{ title: string, run: () => Promise<Count> }} Lane
 */

const passed = { passed: 1, failed: 0, skipped: 0 };
const failed = { passed: 0, failed: 1, skipped: 0 };
const skipped = { passed: 0, failed: 0, skipped: 1 };

const reports = mkdtempSync(join(tmpdir(), 'convergence-test-'));
process.once('exit', () => rmSync(reports, { recursive: true, force: true }));

/** @type {Record<string, Lane>} */
const lanes = {
	lint: { title: 'Format and lint', run: () => script('lint') },
	check: { title: 'Types', run: () => script('check') },
	types: {
		title: 'The generated database types are current',
		run: () => script('types', '--check')
	},
	unit: { title: 'Unit', run: () => vitest('unit') },
	pglite: { title: 'Database, on PGlite', run: () => vitest('db', { TEST_DATABASE_URL: '' }) },
	postgres: { title: 'Database, on PostgreSQL', run: onPostgres },
	build: { title: 'Build', run: async () => ((await buildIfNeeded()) ? passed : failed) },
	e2e: { title: 'End to end', run: endToEnd }
};

const readers = ['lint', 'check', 'types'];

process.chdir(root);
process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} wanted
 * @returns {Promise<number>} the exit code
 */
async function main(wanted) {
	const unknown = wanted.find((name) => !lanes[name]);
	if (unknown) {
		console.error(`There is no lane ${unknown}. There are: ${Object.keys(lanes).join(', ')}.`);
		return 1;
	}
	if (!(await installMissing())) return sum([['install', failed]]);
	if ((await run('npm', ['run', '--silent', 'sync'])) !== 0) return sum([['sync', failed]]);
	const chosen = Object.keys(lanes).filter((name) => !wanted.length || wanted.includes(name));
	// What only reads the source uses one processor each; the other lanes use all there are.
	const counts = await Promise.all(chosen.filter((name) => readers.includes(name)).map(timed));
	for (const name of chosen) if (!readers.includes(name)) counts.push(await timed(name));
	return sum(counts);
}

/**
 * @param {string} name of a lane
 * @returns {Promise<[string, Count]>}
 */
async function timed(name) {
	const { title, run } = /** @type {Lane} */ (lanes[name]);
	console.log(`\n── ${title} ──`);
	const began = Date.now();
	const count = await run().catch((/** @type {unknown} */ error) => {
		console.error(error);
		return failed;
	});
	return [`${title} (${Math.round((Date.now() - began) / 1000)} s)`, count];
}

/**
 * @param {[string, Count][]} counts
 * @returns {number} the exit code
 */
function sum(counts) {
	/** @param {keyof Count} what */
	const total = (what) => counts.reduce((sum, [, count]) => sum + count[what], 0);
	console.log('');
	for (const [title, count] of counts) console.log(`${title}: ${words(count)}`);
	console.log(
		words({ passed: total('passed'), failed: total('failed'), skipped: total('skipped') })
	);
	return total('failed') ? 1 : 0;
}

/** @param {Count} count */
function words({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

/**
 * An npm script without the synchronization before it, which has just been done.
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<Count>}
 */
async function script(name, ...args) {
	const code = await run('npm', ['run', '--silent', '--ignore-scripts', name, '--', ...args]);
	return code === 0 ? passed : failed;
}

/**
 * @param {'unit' | 'db'} project
 * @param {NodeJS.ProcessEnv} [env]
 */
async function vitest(project, env) {
	const report = join(reports, `${Date.now()}.json`);
	const args = ['run', '--project', project, '--reporter=default', '--reporter=json'];
	const code = await run(
		process.execPath,
		['node_modules/vitest/vitest.mjs', ...args, `--outputFile.json=${report}`],
		env
	);
	const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } =
		read(report);
	// A file that does not even load has no tests to fail: it counts as one.
	const broken = testResults.filter(
		(/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
			file.status === 'failed' && file.assertionResults.length === 0
	).length;
	return honest(code, {
		passed: numPassedTests,
		failed: numFailedTests + broken,
		skipped: numPendingTests + numTodoTests
	});
}

async function onPostgres() {
	const cluster = await startCluster();
	if (!cluster) {
		console.log('SKIPPED: no PostgreSQL here. Install it (Debian: apt-get install postgresql).');
		return skipped;
	}
	console.log(`PostgreSQL ${cluster.version}`);
	try {
		return await vitest('db', { TEST_DATABASE_URL: cluster.url });
	} finally {
		await cluster.stop();
	}
}

async function endToEnd() {
	const browser = await needChromium();
	if (!browser) {
		console.error('No Chromium. Install one, or give the path of one: CHROMIUM_PATH=… npm test');
		return failed;
	}
	if (!(await buildIfNeeded())) return failed;
	const report = join(reports, 'e2e.json');
	const code = await run(
		process.execPath,
		['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
		{ CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
	);
	const { stats } = read(report);
	return honest(code, {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky,
		skipped: stats.skipped
	});
}

/**
 * The runner's exit code has the last word: an error outside of any test, or a lane without a single
 * test, is a failure too.
 * @param {number} code
 * @param {Count} count
 * @returns {Count}
 */
function honest(code, count) {
	return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * @param {string} report
 * @returns {any} throws when the runner died before it wrote one
 */
function read(report) {
	return JSON.parse(readFileSync(report, 'utf8'));
}
