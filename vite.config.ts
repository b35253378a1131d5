import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { isDocument } from './src/commands/documents.js';

/**
 * Keeps client code small. A page with `csr = false` is never hydrated, so its components must not
 * enter the client build; and what most hydrated pages share is one file, not many.
 */
const documents: Plugin = {
	name: 'documents',
	apply: 'build',
	enforce: 'pre',
	load(id) {
		// The router reaches this module only by mistake: it then loads the document.
		if (this.environment.config.consumer === 'client' && isDocument(id))
			return '<script>location.reload()</script>';
	},
	outputOptions(options) {
		const shared =
			/\/node_modules\/(svelte|@sveltejs\/kit)\/|\/src\/lib\/(platform|ui)\/(?!text\/days\.ts|text\/i18n\/paraglide\/messages\/(?!shared_))|\/src\/routes\/\+(layout|error)\.svelte/;
		return { ...options, codeSplitting: { groups: [{ name: 'shared', test: shared }] } };
	}
};

/**
 * Keeps the plural rules of a language. Paraglide makes them again for each message with a number, which
 * costs more than all the rest of the message.
 */
const keptPluralRules: Plugin = {
	name: 'kept-plural-rules',
	enforce: 'pre',
	transform(code, id) {
		if (!id.endsWith('/paraglide/registry.js')) return;
		const made = 'new Intl.PluralRules(locale, options)';
		if (!code.includes(made)) this.error('Paraglide makes plural rules in another way now.');
		return code
			.replace(made, `(rules[locale + options?.type] ??= ${made})`)
			.concat('\nconst rules = {};\n');
	}
};

export default defineConfig({
	plugins: [
		documents,
		keptPluralRules,
		tailwindcss(),
		sveltekit(),
		paraglideVitePlugin({
			project: './src/lib/platform/text/i18n/project.inlang',
			outdir: './src/lib/platform/text/i18n/paraglide',
			strategy: ['url', 'baseLocale'],
			emitTsDeclarations: true
		})
	],
	// The plugin timing report says nothing to somebody who starts the site.
	build: { rolldownOptions: { checks: { pluginTimings: false } } },
	test: {
		expect: { requireAssertions: true },
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['tests/unit/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
					// The tests of the architecture read every file of the repository.
					testTimeout: 30_000,
					// An odd zone that nobody lives in: a date that depends on the server's zone fails.
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
					env: { LITE_TELEMETRY: '0', DO_NOT_TRACK: '1' },
					testTimeout: 30_000,
					hookTimeout: 120_000
				}
			}
		]
	}
});
