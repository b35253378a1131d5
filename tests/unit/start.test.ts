import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { sourceFiles } from '../../src/commands/site';
import { whyNotListening } from '../../src/lib/platform/listen';
import { reason } from '../../src/lib/platform/process.server';

function start(args: string[] = [], env: Record<string, string> = {}) {
	const child = spawn(process.execPath, ['src/commands/start.js', ...args], {
		env: { ...process.env, ...env }
	});
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk));
	return new Promise<{ code: number | null; output: string }>((resolve) =>
		child.on('close', (code) => resolve({ code, output: output.trim() }))
	);
}

describe('npm start', () => {
	test('says how it is called', async () => {
		expect(await start(['--help'])).toMatchObject({
			code: 0,
			output: expect.stringContaining('PORT=3001')
		});
		expect(await start(['production'])).toEqual({
			code: 1,
			output: 'npm start takes no arguments, and got production. See: npm start -- --help'
		});
	});

	test.each(['abc', '0', '65536', '-1', '80.5'])('refuses PORT=%s', async (PORT) => {
		const output = `PORT must be a number from 1 to 65535, and is ${PORT}.`;
		expect(await start([], { PORT })).toEqual({ code: 1, output });
	});

	test('says why it cannot listen before it installs or builds anything', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as AddressInfo;
		const taken = await start([], { PORT: `${port}` });
		server.close();
		expect(taken).toEqual({
			code: 1,
			output: `Port ${port} is taken. Choose another one: PORT=${port + 1}`
		});
		// An address for documentation, which no computer has.
		expect(await start([], { HOST: '192.0.2.1', PORT: '4719' })).toEqual({
			code: 1,
			output: '192.0.2.1 is no address of this computer. Choose one of its own: HOST=127.0.0.1'
		});
	});

	test('names the right of an account and a wrong name for what they are', () => {
		const said = (code: string) => whyNotListening({ code }, 'somewhere', 80);
		expect(said('EACCES')).toBe(
			'This account may not use port 80. Choose one above 1023: PORT=3000'
		);
		expect(said('ENOTFOUND')).toMatch(/^HOST=somewhere is a name that leads nowhere\./);
		expect(said('EMFILE')).toBe('The site cannot listen on somewhere, port 80 (EMFILE).');
	});

	test('builds from sources, and not from what the build writes among them', () => {
		const files = sourceFiles();
		expect(files.filter((path) => path.includes('project.inlang'))).toEqual([
			'src/lib/platform/text/i18n/project.inlang/settings.json'
		]);
		expect(files.filter((path) => path.startsWith('src/commands'))).toEqual([
			'src/commands/documents.js'
		]);
		expect(files.filter((path) => path.includes('i18n/paraglide'))).toEqual([]);
		expect(files).toContain('supabase/migrations/0010_foundations.sql');
	});
});

test('a reason not to start is a sentence; only a mistake in the code has a trace', () => {
	expect(reason(new Error('The data folder is in use.'))).toBe('The data folder is in use.');
	expect(reason(new AggregateError([new Error('one'), new Error('two')]))).toBe('one\ntwo');
	expect(reason(new TypeError('x is not a function'))).toContain('start.test.ts');
});
