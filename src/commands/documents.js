import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const routes = join(dirname(dirname(fileURLToPath(import.meta.url))), 'routes');

/**
 * Whether a module is a page that is sent without script: its own page options, or those of the nearest
 * layout that has any, say `csr = false`.
 * @param {string} id the absolute path of a module
 */
export function isDocument(id) {
	if (!id.startsWith(routes + sep) || !id.endsWith(`${sep}+page.svelte`)) return false;
	/** @type {string | undefined} */
	let option;
	for (let folder = dirname(id), name = '+page'; ; folder = dirname(folder), name = '+layout') {
		option = csrOption(join(folder, `${name}.ts`));
		if (option === undefined && name === '+page') option = csrOption(join(folder, '+layout.ts'));
		if (option !== undefined || folder === routes) return option === 'false';
	}
}

/** @param {string} path */
function csrOption(path) {
	if (!existsSync(path)) return undefined;
	return /export const csr = (true|false)/.exec(readFileSync(path, 'utf8'))?.[1];
}
