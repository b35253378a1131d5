import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// Everything that git ignores, and git itself: generated or fetched.
const ignored = new Set([
	'.git',
	...textOf('.gitignore')
		.split('\n')
		.filter((line) => line.endsWith('/'))
		.map((line) => line.slice(0, -1))
]);

/** The text of a file of the repository, by its path from the root. */
export function textOf(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

export function exists(path: string): boolean {
	return statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}

/** Names directly in a folder, without what git ignores. */
export function namesIn(folder: string): string[] {
	if (!exists(folder)) return [];
	return readdirSync(join(root, folder))
		.filter((name) => !ignored.has(name) && !ignored.has(normalize(join(folder, name))))
		.sort();
}

/** Paths from the root of all files under a folder, without what git ignores. */
export function filesUnder(folder: string): string[] {
	return namesIn(folder)
		.map((name) => normalize(join(folder, name)))
		.flatMap((path) => (statSync(join(root, path)).isDirectory() ? filesUnder(path) : [path]));
}

/** Everything a module imports, types included: `src/…` paths for our own files, names for the rest. */
export function importsOf(path: string): string[] {
	const text = textOf(path);
	const code = path.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, inner]) => inner).join('\n')
		: text;
	return ts.preProcessFile(code).importedFiles.map(({ fileName }) => resolved(path, fileName));
}

function resolved(from: string, specifier: string): string {
	if (specifier.startsWith('$lib')) return specifier.replace('$lib', 'src/lib');
	if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
	return specifier;
}
