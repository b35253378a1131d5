import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Routes that are sent without script (`csr = false`): the same list as their page options. */
const documents =
	/\/src\/routes\/(\(public\)\/.*|mailbox\/|\(desk\)\/desk\/((votes|lists)\/.*)?|\(member\)\/forums\/.*)\+page\.svelte$/;

/**
 * Keeps what a browser loads small. Pages without script need no code there, but would drag their
 * words and components into what other pages share; should the router come to one all the same, it
 * fetches the document. And what nearly every page with script needs is
 * one file: many small ones weigh more.
 */
const light: Plugin = {
	name: 'light',
	apply: 'build',
	enforce: 'pre',
	load(id) {
		if (this.environment.config.consumer === 'client' && documents.test(id))
			return '<script>location.reload()</script>';
	},
	outputOptions(options) {
		const floor =
			/\/node_modules\/(svelte|@sveltejs\/kit)\/|\/src\/lib\/shared\/(?!days\.ts|i18n\/paraglide\/messages\/(?!shared_))|\/src\/routes\/\+(layout|error)\.svelte/;
		return { ...options, codeSplitting: { groups: [{ name: 'floor', test: floor }] } };
	}
};

export default defineConfig({
	plugins: [
		light,
		tailwindcss(),
		sveltekit(),
		paraglideVitePlugin({
			project: './src/lib/shared/i18n/project.inlang',
			outdir: './src/lib/shared/i18n/paraglide',
			strategy: ['url', 'baseLocale'],
			emitTsDeclarations: true
		})
	],
	// Whoever starts the site wants to know that it runs, not which plugin took how long.
	build: { rolldownOptions: { checks: { pluginTimings: false } } },
	test: {
		expect: { requireAssertions: true },
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['tests/unit/**/*.test.ts', 'tests/house.test.ts'],
					// Nobody's own zone, with an odd offset: a date that leans on the server's zone fails.
					env: { TZ: 'Pacific/Chatham' }
				}
			},
			{
				extends: true,
				test: {
					name: 'db',
					environment: 'node',
					include: ['tests/db/**/*.test.ts'],
					// One database per run, shared by all files: opening one takes seconds.
					isolate: false,
					fileParallelism: false,
					env: { LITE_AUTH_BCRYPT_COST: '4', LITE_TELEMETRY: '0', DO_NOT_TRACK: '1' },
					testTimeout: 30_000,
					hookTimeout: 120_000
				}
			}
		]
	}
});
