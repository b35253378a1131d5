import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isDocument } from '../../src/commands/documents';
import { filesUnder, textOf } from './tree';

// The build leaves the client code of a page out when the page is never hydrated (vite.config.ts). Here
// the same is asked of the page options as Kit reads them: a page between the two would reload for ever.

const files = filesUnder('src/routes');
const pages = files.filter((path) => path.endsWith('/+page.svelte'));
const options = import.meta.glob<{ csr?: boolean }>('/src/routes/**/+{page,layout}.ts', {
	eager: true
});

/** Kit's rule: the page's own option, else that of the nearest layout, else hydration. */
function hydrates(page: string): boolean {
	const folders = page.split('/').slice(0, -1);
	const layouts = folders.map(
		(_, depth) => `/${folders.slice(0, folders.length - depth).join('/')}/+layout.ts`
	);
	const own = `/${page.replace('.svelte', '.ts')}`;
	return (
		[own, ...layouts].map((path) => options[path]?.csr).find((csr) => csr !== undefined) ?? true
	);
}

test('the build drops the client code of exactly those pages that are never hydrated', () => {
	const dropped = pages.filter((page) => isDocument(resolve(page)));
	expect(dropped).toEqual(pages.filter((page) => !hydrates(page)));
	expect(dropped).toContain('src/routes/(public)/forums/+page.svelte');
	// No option of its own, and none above it.
	expect(dropped).not.toContain('src/routes/(member)/threads/[thread]/+page.svelte');
});

test('page options are where the build looks: in +page.ts and +layout.ts, as a plain constant', () => {
	const elsewhere = files.filter((path) => !/\/\+(page|layout)\.ts$/.test(path));
	expect(elsewhere.filter((path) => /\bexport\b.*\bcsr\b/.test(textOf(path)))).toEqual([]);
	const unreadable = Object.entries(options).filter(
		([path, { csr }]) =>
			csr !== undefined && !textOf(path.slice(1)).includes(`export const csr = ${csr};`)
	);
	expect(unreadable).toEqual([]);
	// A page that leaves its layouts (`+page@.svelte`) would inherit differently.
	expect(files.filter((path) => path.includes('@'))).toEqual([]);
});

test('data that is not sent belongs to pages that are never hydrated', () => {
	const unsent = files.filter((path) => /\bunsent\(/.test(textOf(path)));
	expect(unsent).toContain('src/routes/(public)/+page.server.ts');
	expect(unsent.filter((path) => hydrates(path.replace('.server.ts', '.svelte')))).toEqual([]);
});
