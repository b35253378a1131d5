import { defineConfig } from '@playwright/test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './src/commands/chromium.js';

const port = Number(process.env.E2E_PORT ?? 4173);
const origin = `http://localhost:${port}`;
// One fixed name per person and port: this file is also read by every worker, which must find the
// folder that the server uses.
const folder = join(tmpdir(), `convergence-e2e-${process.getuid?.() ?? 0}-${port}`);
process.env.E2E_FOLDER = folder;

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	fullyParallel: false,
	workers: 2,
	retries: 0,
	forbidOnly: !!process.env.CI,
	timeout: 60_000,
	reporter: 'list',
	use: {
		baseURL: origin,
		locale: 'en-CA',
		timezoneId: 'America/Halifax',
		trace: 'off',
		launchOptions: {
			executablePath: await findChromium(),
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
		}
	},
	projects: [
		{ name: 'script', grepInvert: /@only-noscript/ },
		{ name: 'no-script', grep: /@noscript|@only-noscript/, use: { javaScriptEnabled: false } }
	],
	webServer: {
		command: `rm -rf '${folder}' && exec node build`,
		url: `${origin}/health`,
		timeout: 60_000,
		gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
		env: {
			HOST: '127.0.0.1',
			PORT: `${port}`,
			ORIGIN: origin,
			CONVERGENCE_DATA: join(folder, 'data'),
			CONVERGENCE_SAMPLE: '1',
			SHUTDOWN_TIMEOUT: '2'
		}
	}
});
