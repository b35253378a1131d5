import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, includeIgnoreFile } from 'eslint/config';
import globals from 'globals';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default defineConfig(
	includeIgnoreFile(fileURLToPath(new URL('.gitignore', import.meta.url))),
	{ ignores: ['src/lib/platform/db/types.ts', 'static/'] },
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			// The compiler knows every name, types included; this rule does not.
			'no-undef': 'off',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-console': 'error',
			'object-shorthand': 'error',
			'prefer-template': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			// With unchecked indexes told apart, `!` is how a checked one is written.
			'@typescript-eslint/no-non-null-assertion': 'off',
			// An action may answer, or not.
			'@typescript-eslint/no-invalid-void-type': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			'no-restricted-imports': [
				'error',
				{ paths: [{ name: '$app/stores', message: 'Use $app/state: stores leave with Kit 3.' }] }
			]
		}
	},
	{
		// A forgotten await is the one bug that neither the compiler nor a passing test shows.
		files: ['src/**/*.ts', 'tests/**/*.ts'],
		ignores: ['**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname }
		},
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/only-throw-error': [
				'error',
				// Kit's redirect and error are thrown, and are no Error objects.
				{ allow: [{ from: 'package', package: '@sveltejs/kit', name: ['Redirect', 'HttpError'] }] }
			]
		}
	},
	{
		// What a verb answers is known to its test, and to no type.
		files: ['tests/**/*.ts'],
		rules: { '@typescript-eslint/no-explicit-any': 'off' }
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig }
		},
		rules: {
			'svelte/button-has-type': 'error',
			'svelte/no-inline-styles': 'error',
			// It knows Kit's resolve() and not Paraglide's localizeHref, which every link here uses.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['src/lib/ui/Prose.svelte'],
		rules: { 'svelte/no-at-html-tags': 'off' }
	},
	{
		// Commands speak to a person in a terminal.
		files: ['src/commands/**/*.js'],
		rules: { 'no-console': 'off' }
	}
);
