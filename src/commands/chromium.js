import { spawnSync } from 'node:child_process';
import { canRun, findProgram, installPackage, root, run } from './terminal.js';

/** Chromium without its windows, as Playwright itself runs it: the tests take a third less time. */
const shell = 'chromium-headless-shell';
const names = [
	shell,
	'chromium',
	'chromium-browser',
	'google-chrome-stable',
	'google-chrome',
	'chrome'
];

/**
 * The browser of the end-to-end tests: CHROMIUM_PATH, the system's own, else Playwright's.
 * @returns {Promise<string | undefined>} its path
 */
export async function findChromium() {
	if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
	return names.map(findProgram).find(starts) ?? (await playwrightsOwn());
}

/**
 * Finds Chromium, or installs it; where continuous integration has one with windows, also the faster one.
 * @returns {Promise<string | undefined>} its path; nothing when there is no way to get one
 */
export async function needChromium() {
	const found = await findChromium();
	const slower = process.env.CI && !process.env.CHROMIUM_PATH && !findProgram(shell);
	if (found && !slower) return found;
	if (await installPackage(shell)) return findChromium();
	if (found || (await installPackage('chromium'))) return findChromium();
	console.log('Installing Chromium (playwright install) …');
	await run(process.execPath, [`${root}/node_modules/playwright/cli.js`, 'install', 'chromium']);
	return findChromium();
}

/**
 * Some systems ship a name that only tells how to install the browser.
 * @param {string | undefined} path
 */
function starts(path) {
	if (!path) return false;
	return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

async function playwrightsOwn() {
	const { chromium } = await import('@playwright/test');
	const path = chromium.executablePath();
	return canRun(path) ? path : undefined;
}
