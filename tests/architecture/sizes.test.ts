import { expect, test } from 'vitest';
import { filesUnder, textOf } from './tree';

// Ceilings in lines, a little above the largest file of today: lower them when that file shrinks. Typical
// are far less: a route 30, a component 90, a module 80.

const lines = (path: string) => textOf(path).split('\n').length - 1;
const source = filesUnder('src').filter((path) => !/\/paraglide\/|db\/types\.ts$/.test(path));

test.each([
	['hooks.server.ts', /^src\/hooks\.server\.ts$/, 40],
	['a route on the server', /^src\/routes\/.*\.server\.ts$|\/\+server\.ts$/, 170],
	['a component', /\.svelte$/, 170],
	['a module', /^src\/lib\/.*\.ts$/, 245]
])('%s has at most the agreed number of lines (%s)', (_, kind, ceiling) => {
	const measured = source
		.filter((path) => kind.test(path))
		.map((path) => [path, lines(path)] as const);
	expect(measured.length).toBeGreaterThan(0);
	expect(measured.filter(([, size]) => size > ceiling)).toEqual([]);
});
