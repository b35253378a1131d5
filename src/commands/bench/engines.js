import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { freePort, startCluster } from '../postgres.js';
import { serve } from '../site.js';
import { withSource } from '../source.js';
import { addGrowth, addLoad, settle } from './data.js';
import { measureVerb } from './verbs.js';

/**
 * The built site on one engine, with three sets of data: the sample network with the load, and the
 * same with few and with many threads.
 *
 * @typedef {import('./data.js').Facts} Facts
 * @typedef {{ origin: string, pid: number, startedIn: number, stop: () => Promise<void> }} Site
 * @typedef {'base' | 'few' | 'many'} Set
 *
 * @typedef {object} Engine
 * @property {'embedded' | 'postgres'} name
 * @property {string} data a data folder with the secrets of all three sets
 * @property {Facts} facts
 * @property {number} coldStart milliseconds
 * @property {{ raw: number, verb: number }} ballots per second, without the site
 * @property {(set: Set) => Promise<Site>} start
 * @property {(work: (query: import('./data.js').Query) => Promise<void>) => Promise<void>} change the base, while no
 *   site has it open
 *
 * @typedef {{ people: number, few: number, many: number }} Amounts people, and threads of the two sets
 * @typedef {{ folder: string, env: NodeJS.ProcessEnv }} Place
 */

const own = {
	DATABASE_URL: '',
	SUPABASE_URL: '',
	SUPABASE_PUBLISHABLE_KEY: '',
	SUPABASE_SECRET_KEY: ''
};

/**
 * @param {Amounts} amounts
 * @returns {Promise<Engine>}
 */
export async function embeddedEngine(amounts) {
	const home = temporaryFolder();
	const place = (/** @type {Set} */ set) => ({ folder: join(home, set), env: own });
	return prepare('embedded', place, amounts, async (from, to) =>
		cpSync(place(from).folder, place(to).folder, { recursive: true })
	);
}

/**
 * @param {Amounts} amounts
 * @returns {Promise<{ engine: Engine, stop: () => Promise<void> } | undefined>} nothing without PostgreSQL
 */
export async function postgresEngine(amounts) {
	const cluster = await startCluster({ synced: true });
	if (!cluster) return;
	const home = temporaryFolder();
	/** @param {string} name */
	const url = (name) => new URL(name, cluster.url).href;
	const databases = { base: 'postgres', few: 'few', many: 'many' };
	const place = (/** @type {Set} */ set) => ({
		folder: home,
		env: { ...own, DATABASE_URL: url(`/${databases[set]}`) }
	});
	const engine = await prepare('postgres', place, amounts, async (from, to) => {
		const sql = postgres(url('/template1'), { max: 1 });
		await sql.unsafe(`create database ${databases[to]} template ${databases[from]}`);
		await sql.end();
	});
	return { engine, stop: cluster.stop };
}

/**
 * @param {Engine['name']} name
 * @param {(set: Set) => Place} place
 * @param {Amounts} amounts
 * @param {(from: Set, to: Set) => Promise<void>} copy of a set that nobody has open
 * @returns {Promise<Engine>}
 */
async function prepare(name, place, { people, few, many }, copy) {
	console.error(`${name}: a start on nothing, then the data …`);
	const start = (/** @type {Set} */ set) => startSite(place(set));
	const cold = await start('base');
	await cold.stop();
	return withSource(async (load) => {
		const fill = filler(load);
		const { facts, ballots } = await fill(place('base'), async (query) => {
			const facts = await addLoad(query, people);
			const ballots = await measureVerb(query, facts, name === 'embedded' ? 1 : 8);
			await settle(query);
			return { facts, ballots };
		});
		await copy('base', 'few');
		await fill(place('few'), async (query) => {
			await addGrowth(query, facts, 1, few);
			await settle(query);
		});
		await copy('few', 'many');
		await fill(place('many'), async (query) => {
			await addGrowth(query, facts, few + 1, many);
			await settle(query);
		});
		const data = place('base').folder;
		const change = (/** @type {Parameters<Engine['change']>[0]} */ work) =>
			withSource((load) => filler(load)(place('base'), work));
		return { name, data, facts, coldStart: cold.startedIn, ballots, start, change };
	});
}

/**
 * Opens the database of a place as the site does, while no site holds it.
 * @param {(path: string) => Promise<Record<string, any>>} load
 */
function filler(load) {
	/**
	 * @template T
	 * @param {Place} place
	 * @param {(query: import('./data.js').Query) => Promise<T>} work
	 * @returns {Promise<T>}
	 */
	return async ({ folder, env }, work) => {
		const { readSettings } = await load('/src/lib/platform/settings.server.ts');
		const { openBackend } = await load('/src/lib/platform/db/open.server.ts');
		const backend = await openBackend(
			readSettings({ ...env, CONVERGENCE_DATA: folder, CONVERGENCE_SAMPLE: '1' })
		);
		try {
			return await work(backend.query);
		} finally {
			await backend.close();
		}
	};
}

/**
 * @param {Place} place
 * @returns {Promise<Site>}
 */
async function startSite({ folder, env }) {
	const port = await freePort();
	// The address of the requests: to any other the site answers with a redirect.
	const origin = `http://127.0.0.1:${port}`;
	const began = performance.now();
	const site = await serve({
		host: '127.0.0.1',
		port,
		origin,
		data: folder,
		env,
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const startedIn = performance.now() - began;
	return {
		origin,
		pid: site.pid,
		startedIn,
		stop: () => stop(site, env.DATABASE_URL ? 1_000 : 10_000)
	};
}

/**
 * On PostgreSQL a site that is stopped right after its start can wait for its last connection for ever.
 * @param {import('../site.js').Site} site
 * @param {number} patience milliseconds
 */
async function stop(site, patience) {
	const kill = setTimeout(() => process.kill(site.pid, 'SIGKILL'), patience);
	await site.stop();
	clearTimeout(kill);
}

function temporaryFolder() {
	const folder = mkdtempSync(join(tmpdir(), 'convergence-bench-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/**
 * @param {number} pid
 * @returns {{ now: number, peak: number }} MiB resident; NaN where the system has no /proc
 */
export function memory(pid) {
	try {
		const status = readFileSync(join('/proc', `${pid}`, 'status'), 'utf8');
		const read = (/** @type {string} */ name) =>
			Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
		return { now: read('VmRSS'), peak: read('VmHWM') };
	} catch {
		return { now: NaN, peak: NaN };
	}
}

/**
 * @param {number} pid
 * @returns {number} milliseconds of processor time so far; NaN where the system has no /proc
 */
export function processor(pid) {
	try {
		const fields = readFileSync(join('/proc', `${pid}`, 'stat'), 'utf8').replace(/^.*\) /, '');
		const [user, system] = fields.split(' ').slice(11, 13).map(Number);
		// The kernel counts in hundredths of a second.
		return ((user ?? NaN) + (system ?? NaN)) * 10;
	} catch {
		return NaN;
	}
}
