import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';

const node = adapter({ precompress: true });

/**
 * The server takes a file of 10 MB without a setting; `http/bodies.server.ts` holds other forms to 512 KB.
 * @type {import('@sveltejs/kit').Adapter}
 */
const withFiles = {
	...node,
	async adapt(builder) {
		await node.adapt(builder);
		const folder = 'build/server/chunks';
		const name = readdirSync(folder).find((one) => /^handler-.*\.js$/.test(one));
		const path = `${folder}/${name}`;
		const code = readFileSync(path, 'utf8');
		const usual = "env('BODY_SIZE_LIMIT', '512K')";
		if (!code.includes(usual))
			throw new Error('The limit of the adapter is set in another way now.');
		writeFileSync(path, code.replace(usual, "env('BODY_SIZE_LIMIT', '11M')"));
	}
};

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: withFiles,
		// The site has a stricter check with a page of its own: `http/headers.server.ts`.
		csrf: { trustedOrigins: ['*'] },
		// A browser learns the pages that it opens, and no list of all others.
		router: { resolution: 'server' },
		// Hashes, not nonces: a public page is kept in memory and served to many readers, and a
		// nonce that is served twice protects nobody.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				// Kit's route announcer carries a style attribute; style elements stay strict.
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'frame-ancestors': ['none']
			}
		}
	}
};
