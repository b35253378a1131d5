import { readFileSync } from 'node:fs';
import { run } from './terminal.js';

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lock */

/**
 * Installs the locked packages when what is installed differs from the lock. Silent when it does not.
 * Built-ins only: this runs before there is anything else.
 * @returns {Promise<boolean>} false when the installation failed; npm has then said why
 */
export async function installMissing() {
	if (isInstalled(read('package-lock.json'), read('node_modules/.package-lock.json'))) return true;
	console.log('Installing packages (npm ci) …');
	// A shell with NODE_ENV=production would leave out what builds and tests the site.
	return (await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'])) === 0;
}

/**
 * By content, because a checkout touches dates. Optional packages are left to npm: which of them are
 * there depends on the machine.
 * @param {Lock} wanted
 * @param {Lock} installed
 */
function isInstalled(wanted, installed) {
	return Object.entries(wanted.packages ?? {}).every(
		([path, { version, optional }]) =>
			path === '' || optional || installed.packages?.[path]?.version === version
	);
}

/**
 * @param {string} path
 * @returns {Lock}
 */
function read(path) {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return {};
	}
}
