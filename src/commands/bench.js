import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { installMissing } from './install.js';
import { freePort } from './postgres.js';
import { filled, formWith, need, openReader, signIn } from './reader.js';
import { buildIfNeeded, serve } from './site.js';
import { withSource } from './source.js';
import { root } from './terminal.js';
import { kilobytes, scriptsOf, stylesOf } from './weight.js';

/**
 * Measures the built site with the sample network in a folder of its own, over loopback, and prints
 * one Markdown table. Not a test: figures of a busy machine are figures of that machine.
 *
 * @typedef {import('./load.js').Measured} Measured
 * @typedef {import('./load.js').Target} Target
 * @typedef {{ name: string, isCached?: boolean, target: Target }} Subject
 * @typedef {{ html: number, js: number, css: number }} Weight kilobytes, gzipped
 */

const crowds = [1, 16, 64];
const seconds = 4;
const most = 4000;
const baseline = 'page without data';
const bars = { backendCalls: 2, cachedShare: 0.7, warmStart: 3000 };

process.chdir(root);
// The site tells its backend calls to the bench only.
process.env.CONVERGENCE_TIMING = '1';
if (!installMissing() || !(await buildIfNeeded())) process.exit(1);
const data = mkdtempSync(join(tmpdir(), 'convergence-bench-'));
process.once('exit', () => rmSync(data, { recursive: true, force: true }));
// The site's own listener keeps an interrupt from ending this process.
process.once('SIGINT', () => process.exit(130));
const port = await freePort();
const origin = `http://localhost:${port}`;
const settings = { host: '127.0.0.1', port, origin, data };

const cold = await timed(() => serve(settings));
await cold.result.stop();
const longThread = await lengthenThread(50);
const warm = await timed(() => serve(settings));
const site = warm.result;
try {
	const before = memory(site.pid);
	const rows = [];
	// The first hundred answers of a process are compiled while they are given.
	await load(page('/leaving', openReader(origin)), 16);
	for (const subject of await subjects()) rows.push(await measure(subject));
	print(rows, before, memory(site.pid));
} finally {
	await site.stop();
}

/** @returns {Promise<Subject[]>} */
async function subjects() {
	const visitor = openReader(origin);
	const member = openReader(origin);
	const newcomer = openReader(origin);
	await signIn(member, 'member.at@example.org');
	await signIn(newcomer, 'newcomer@example.org');
	const reports = await visitor.open('/reports');
	const priorities = await member.open('/priorities/2016');
	const ballot = linkIn(priorities.html, '/votes/');
	return [
		{ name: baseline, isCached: true, target: page('/leaving', visitor) },
		{ name: 'home', isCached: true, target: page('/', visitor) },
		{ name: 'forum', isCached: true, target: page('/forums/2016', visitor) },
		{
			name: 'published report',
			isCached: true,
			target: page(linkIn(reports.html, '/reports/'), visitor)
		},
		{ name: 'home, signed in', target: page('/', member) },
		{ name: 'list of threads', target: page('/committees/anti-trafficking', member) },
		{ name: 'thread with 50 posts', target: page(`/threads/${longThread}`, member) },
		{
			name: 'registering',
			target: await form('/forums/winnipeg/register', newcomer, { name: 'Bench' })
		},
		{
			name: 'voting',
			target: await form(ballot, member, onePick((await member.open(ballot)).html))
		}
	];
}

/**
 * @param {string} path
 * @param {ReturnType<typeof openReader>} reader
 * @returns {Target}
 */
function page(path, reader) {
	return { path, method: 'GET', headers: headersOf(reader) };
}

/**
 * The main form of a page, filled in once and sent as the page's script would send it.
 * @param {string} path
 * @param {ReturnType<typeof openReader>} reader
 * @param {Record<string, string>} values where the form's own are not enough
 * @returns {Promise<Target>}
 */
async function form(path, reader, values) {
	const { url, html } = await reader.open(path);
	const main = html.slice(html.indexOf('<main'));
	const { form } = need(formWith(main, 'type="submit"'), `a form at ${path}`);
	const action = new URL(form.action, url);
	return {
		path: action.pathname + action.search,
		method: 'POST',
		headers: {
			...headersOf(reader),
			accept: 'application/json',
			origin,
			'content-type': 'application/x-www-form-urlencoded',
			'x-sveltekit-action': 'true'
		},
		body: filled(form, values).toString()
	};
}

/**
 * An empty ballot is refused: this one has its first box ticked.
 * @param {string} html
 * @returns {Record<string, string>}
 */
function onePick(html) {
	const box = /<input\b(?=[^>]*name="pick")[^>]*value="([^"]*)"/.exec(html);
	return { pick: need(box?.[1], 'a box to tick') };
}

/** @param {ReturnType<typeof openReader>} reader */
function headersOf(reader) {
	const cookie = reader.cookie();
	return {
		host: `localhost:${port}`,
		'accept-encoding': 'gzip',
		accept: 'text/html',
		...(cookie && { cookie })
	};
}

/**
 * @param {string} html
 * @param {string} start
 */
function linkIn(html, start) {
	return need(new RegExp(`href="(${start}[^"?#/]+)"`).exec(html)?.[1], `a link to ${start}`);
}

/**
 * The sample threads are short; this makes one of them as long as a page of posts, between two starts.
 * @param {number} posts
 * @returns {Promise<string>} the thread's id
 */
function lengthenThread(posts) {
	return withSource(async (load) => {
		const { databaseFolder, connectPglite } = await load('/src/lib/embedded/pglite.server.ts');
		const { sql, connection } = await connectPglite(databaseFolder({ dataFolder: data }));
		const [thread] = await sql.query(
			`select t.thread_id, t.posts_count, p.author_id from public.threads t
			join public.thread_committees using (thread_id)
			join public.committees c using (committee_id)
			join public.posts p using (thread_id)
			where c.slug = 'anti-trafficking' and not t.closed_to_government
			order by t.posts_count desc limit 1`
		);
		await sql.query(
			`insert into public.posts (thread_id, number, author_id, body, language, client_key)
			select $1, n, $3, repeat('What works here, and what does not. ', 12), 'en', gen_random_uuid()
			from generate_series($2::integer + 1, $4::integer) n`,
			[thread.thread_id, thread.posts_count, thread.author_id, posts]
		);
		await sql.query('update public.threads set posts_count = $2 where thread_id = $1', [
			thread.thread_id,
			posts
		]);
		await connection.close();
		return /** @type {string} */ (thread.thread_id);
	});
}

/** @param {Subject} subject */
async function measure(subject) {
	console.error(`${subject.name} …`);
	const weight = subject.target.method === 'GET' ? await weigh(subject.target) : undefined;
	/** @type {Measured[]} */
	const measured = [];
	for (const connections of crowds) measured.push(await load(subject.target, connections));
	return { subject, weight, measured };
}

/**
 * @param {Target} target
 * @param {number} connections
 * @returns {Promise<Measured>}
 */
function load(target, connections) {
	return new Promise((resolve, reject) => {
		new Worker(new URL('./load.js', import.meta.url), {
			workerData: { port, target, connections, seconds, most }
		})
			.once('message', resolve)
			.once('error', reject);
	});
}

/**
 * @param {Target} target
 * @returns {Promise<Weight>}
 */
async function weigh({ path, headers }) {
	const { host, ...kept } = headers;
	const answer = await fetch(origin + path, { headers: kept });
	const html = await answer.text();
	const served = { url: answer.url, html, link: answer.headers.get('link') };
	/** @param {string[]} addresses */
	const total = async (addresses) => {
		const sizes = addresses.map(async (url) => kilobytes(await (await fetch(url)).arrayBuffer()));
		return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
	};
	return {
		html: kilobytes(Buffer.from(html)),
		js: await total(scriptsOf(served)),
		css: await total(stylesOf(served))
	};
}

/**
 * @param {Awaited<ReturnType<typeof measure>>[]} rows
 * @param {number} before
 * @param {number} after
 */
function print(rows, before, after) {
	const free = rows.find(({ subject }) => subject.name === baseline);
	console.log(
		'| page | connections | requests/s | p50 ms | p95 ms | errors | share of the page without data | backend calls | HTML KB | JS KB | CSS KB |'
	);
	console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|');
	for (const { subject, weight, measured } of rows) {
		measured.forEach((figures, at) => {
			const share = figures.rate / (free?.measured[at]?.rate ?? NaN);
			const cells = [
				subject.name,
				crowds[at],
				figures.rate.toFixed(0),
				figures.p50.toFixed(1),
				figures.p95.toFixed(1),
				figures.errors,
				share.toFixed(2),
				figures.backendCalls ?? '–',
				...[weight?.html, weight?.js, weight?.css].map((size) => size?.toFixed(1) ?? '–')
			];
			console.log(`| ${cells.join(' | ')} |`);
		});
	}
	console.log(
		`\nStart on an empty folder ${cold.milliseconds} ms, on a full one ${warm.milliseconds} ms. ` +
			`Memory ${before} MB after the start, ${after} MB after the load. Node ${process.version}.\n`
	);
	for (const [bar, isMet] of judged(rows)) {
		console.log(`${isMet === undefined ? 'not measured' : isMet ? 'met' : 'MISSED'}: ${bar}`);
	}
}

/**
 * @param {Awaited<ReturnType<typeof measure>>[]} rows
 * @returns {[string, boolean | undefined][]} undefined where the site gave no figure
 */
function judged(rows) {
	const calls = rows.flatMap(({ measured }) => measured.map(({ backendCalls }) => backendCalls));
	const counted = calls.filter((count) => count !== null);
	const free = rows.find(({ subject }) => subject.name === baseline);
	const shares = rows
		.filter(({ subject }) => subject.isCached)
		.flatMap(({ measured }) =>
			measured.map(({ rate }, at) => rate / (free?.measured[at]?.rate ?? NaN))
		);
	const errors = rows.flatMap(({ measured }) => measured.map(({ errors }) => errors));
	return [
		[`no answer but a success`, errors.every((count) => count === 0)],
		[
			`at most ${bars.backendCalls} backend calls for a page, beyond who asks`,
			counted.length ? counted.every((count) => count <= bars.backendCalls) : undefined
		],
		[
			`kept pages at ${bars.cachedShare} of the page without data, or faster`,
			shares.every((share) => share >= bars.cachedShare)
		],
		[`a warm start within ${bars.warmStart} ms`, warm.milliseconds <= bars.warmStart]
	];
}

/**
 * @template T
 * @param {() => Promise<T>} work
 */
async function timed(work) {
	const began = performance.now();
	const result = await work();
	return { result, milliseconds: Math.round(performance.now() - began) };
}

/**
 * @param {number} pid
 * @returns {number} megabytes resident; NaN where the system has no /proc
 */
function memory(pid) {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
	} catch {
		return NaN;
	}
}
