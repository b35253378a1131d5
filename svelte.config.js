import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ precompress: true }),
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
