import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from './terminal.js';

/**
 * Runs `work` with modules of `src` loaded from their TypeScript source, outside of SvelteKit.
 * The loader stays open until `work` ends: the backend imports its parts when it needs them.
 * @template T
 * @param {(load: (path: string) => Promise<Record<string, any>>) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSource(work) {
	const server = await createServer({
		configFile: false,
		appType: 'custom',
		logLevel: 'error',
		resolve: { alias: { $lib: join(root, 'src', 'lib') } },
		optimizeDeps: { noDiscovery: true },
		server: { middlewareMode: true, hmr: false, ws: false, watch: null }
	});
	try {
		return await work((path) => server.ssrLoadModule(path));
	} finally {
		await server.close();
	}
}
