import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../postgres.js';
import { root } from '../terminal.js';
import { cell } from './cells.js';
import { posts } from './words.js';

/**
 * A SvelteKit site of one page that reads its posts from memory, made of the packages of this
 * repository. Every figure of the bench is a multiple of what this page costs.
 *
 * @typedef {{ origin: string, pid: number, stop: () => Promise<void> }} Served
 */

const startsWithin = 30_000;

/** @returns {Promise<Served>} built in a temporary folder, and serving */
export async function serveBarePage() {
	const folder = mkdtempSync(join(tmpdir(), 'convergence-bare-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', remove);
	writeSite(folder);
	await build(folder);
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, ['build'], {
		cwd: folder,
		env: { ...process.env, HOST: '127.0.0.1', PORT: `${port}`, ORIGIN: origin },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const ended = once(child, 'exit');
	const leave = () => child.kill('SIGTERM');
	process.once('exit', leave);
	await answers(origin);
	// Only after some thousand answers is all of its code compiled; until then it is half as fast.
	await cell({ origin, connections: 16, status: 200, requests: [{ path: '/' }] }, 3000, 10_000);
	const stop = async () => {
		process.off('exit', leave);
		process.off('exit', remove);
		leave();
		await ended;
		remove();
	};
	return { origin, pid: child.pid ?? 0, stop };
}

/** @param {string} folder */
function writeSite(folder) {
	for (const [name, text] of Object.entries(files())) {
		const path = join(folder, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
	}
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
}

/** @returns {Record<string, string>} */
function files() {
	const all = posts().map((body, at) => ({ number: at + 1, author: `Author ${at % 20}`, body }));
	return {
		'package.json': '{ "name": "bare", "private": true, "type": "module" }',
		'svelte.config.js':
			"import adapter from '@sveltejs/adapter-node';\nexport default { kit: { adapter: adapter() } };",
		'vite.config.js':
			"import { sveltekit } from '@sveltejs/kit/vite';\nexport default { plugins: [sveltekit()] };",
		'src/app.html':
			'<!doctype html>\n<html lang="en"><head><meta charset="utf-8" />%sveltekit.head%</head>' +
			'<body><div>%sveltekit.body%</div></body></html>',
		'src/routes/+page.server.js': `const posts = ${JSON.stringify(all)};\nexport const load = () => ({ posts });`,
		'src/routes/+page.svelte':
			'<script>\n\tlet { data } = $props();\n</script>\n\n<h1>Thread</h1>\n' +
			'{#each data.posts as { number, author, body } (number)}\n' +
			'\t<article id="post-{number}"><h2>{author}</h2><p>{body}</p></article>\n{/each}'
	};
}

/** @param {string} folder */
async function build(folder) {
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	// Resolved paths would leave the folder by the link to the packages.
	const args = ['--preserve-symlinks', vite, 'build', '--logLevel', 'error'];
	const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	child.stderr.on('data', (text) => (said += text));
	const [code] = await once(child, 'exit');
	if (code !== 0) throw new Error(`The bare page could not be built: ${said}`);
}

/** @param {string} origin */
async function answers(origin) {
	const until = Date.now() + startsWithin;
	while (Date.now() < until) {
		if ((await fetch(origin).catch(() => undefined))?.ok) return;
		await wait(50);
	}
	throw new Error('The bare page did not start.');
}
