import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export { expect };

/** WCAG 2.0 to 2.2, A and AA, and what is good practice beyond. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const narrowest = 320;
const usualPhone = 360;
/** Of what the style sheet gives the root: 112.5 %. */
const twofold = '225%';

/** A session is shared by the tests this long: less than the life of its access token. */
const sharedFor = 7 * 60_000;

interface Fixtures {
	/** Opens the browser of one more person, watched like the first. */
	another: () => Promise<Page>;
}

/**
 * Each page of a test is watched from its first request to its last: an error in the console, a
 * breach of the security policy or a request to another host fails the test, whatever it looked at.
 */
export const test = base.extend<Fixtures>({
	page: async ({ page }, use) => {
		const faults = watch(page);
		await use(page);
		expect(faults).toEqual([]);
	},
	another: async ({ browser }, use) => {
		const opened: { context: BrowserContext; faults: string[] }[] = [];
		await use(async () => {
			const context = await browser.newContext();
			const page = await context.newPage();
			opened.push({ context, faults: watch(page) });
			return page;
		});
		for (const { context } of opened) await context.close();
		expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
	}
});

function watch(page: Page): string[] {
	const faults: string[] = [];
	page.on('console', (message) => {
		// Chromium logs every refused request; which status a page answers is the test's own matter.
		if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
		faults.push(`${page.url()}: ${message.text()}`);
	});
	page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
	page.on('request', (request) => {
		const { protocol, hostname } = new URL(request.url());
		if (protocol.startsWith('http') && hostname !== 'localhost') {
			faults.push(`${page.url()} asks ${hostname}`);
		}
	});
	page.on('requestfailed', (request) => {
		const why = request.failure()?.errorText ?? '';
		// Leaving a page ends what it still loads; where scripts are off, Chromium refuses them as `csp`.
		const isExpected = why === 'net::ERR_ABORTED' || (why === 'csp' && isWithoutScript());
		if (!isExpected) faults.push(`${page.url()}: ${request.url()} ${why}`);
	});
	return faults;
}

function isWithoutScript(): boolean {
	return test.info().project.use.javaScriptEnabled === false;
}

/**
 * Goes to a path and looks at the page as `look` does.
 * @param options.status what the page is to answer, 200 by default
 */
export async function visit(page: Page, path: string, { status = 200 } = {}): Promise<void> {
	const answer = await page.goto(path);
	expect(answer?.status(), path).toBe(status);
	await look(page);
}

/** Looks at the page as it is: accessible in light and dark, no wider than its window, its text not squeezed. */
export async function look(page: Page): Promise<void> {
	await passesAxe(page);
	await leavesRoomForText(page);
	await staysInWidth(page);
}

/** Expects no sentence in a column of a few characters, which is what a part in the wrong grid becomes. */
export async function leavesRoomForText(page: Page): Promise<void> {
	const squeezed = await page.locator('main p').evaluateAll((paragraphs) =>
		paragraphs
			.filter((one) => one.checkVisibility() && (one.textContent ?? '').trim().length > 40)
			.filter((one) => !one.closest('.sr-only') && one.getBoundingClientRect().width < 110)
			.map((one) => one.textContent)
	);
	expect(squeezed, page.url()).toEqual([]);
}

/** Expects no finding of axe, in both colour schemes. */
async function passesAxe(page: Page): Promise<void> {
	if (isWithoutScript()) return axeOnCopy(page);
	await expectNoFinding(page);
}

// axe is a script: where scripts are off, it reads the same markup in a browser where they are on.
async function axeOnCopy(page: Page): Promise<void> {
	// Without autofocus: the copy is at its top, with nothing half hidden under the masthead.
	const html = (await page.content())
		.replace(/<script\b[\s\S]*?<\/script>/g, '')
		.replaceAll(/ autofocus(="")?/g, '');
	const context = await page.context().browser()!.newContext({ javaScriptEnabled: true });
	const copy = await context.newPage();
	await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html', body: html }));
	await copy.goto(page.url());
	await expectNoFinding(copy, { dark: false });
	await context.close();
}

// The colours of the dark scheme are read where scripts are on.
async function expectNoFinding(page: Page, { dark = true } = {}): Promise<void> {
	// Wherever the page is scrolled to, something lies half under the masthead, and is no small target.
	await page.evaluate(() => scrollTo(0, 0));
	await page.evaluate(axe.source);
	const light = await findingsOf(page, { runOnly: standards });
	expect(light, page.url()).toEqual([]);
	if (!dark) return;
	await page.emulateMedia({ colorScheme: 'dark' });
	const contrast: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] } };
	expect(await findingsOf(page, contrast), `${page.url()}, dark`).toEqual([]);
	await page.emulateMedia({ colorScheme: null });
}

// Axe's own package for Playwright opens another page and loads the script again for each of the two looks.
async function findingsOf(page: Page, options: RunOptions): Promise<string[]> {
	const violations = await page.evaluate(async (options) => {
		const loaded = (window as unknown as { axe: typeof axe }).axe;
		return (await loaded.run(document, { ...options, resultTypes: ['violations'] })).violations;
	}, options);
	return violations.flatMap(({ id, help, nodes }) =>
		nodes.map(
			({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`
		)
	);
}

/** Expects no sideways scrolling: here, on the narrowest phone, and on a phone with text twice as large. */
export async function staysInWidth(page: Page): Promise<void> {
	const size = page.viewportSize();
	for (const [width, text] of [
		[size?.width ?? narrowest, ''],
		[narrowest, ''],
		[usualPhone, twofold]
	] as const) {
		await page.setViewportSize({ width, height: size?.height ?? 640 });
		const beyond = await page.evaluate((fontSize) => {
			const { documentElement: page } = document;
			page.style.fontSize = fontSize;
			const wide = page.scrollWidth - page.clientWidth;
			page.style.fontSize = '';
			return wide;
		}, text);
		expect(beyond, `${page.url()} at ${width} px, text ${text || 'as is'}`).toBeLessThanOrEqual(0);
	}
	if (size) await page.setViewportSize(size);
}

/** An address that nobody else in the run has. Eight digits between dashes would pass for a code. */
export function freshPerson(): string {
	return `person-x${randomUUID().slice(0, 8)}@example.org`;
}

/**
 * Signs a person in: the address, then the code from the mailbox of the sample network.
 * Tests share the session of an address, since emails per address are limited; a test that signs out
 * asks for a `fresh` one.
 */
export async function signIn(
	page: Page,
	email: string,
	{ locale = 'en', fresh = false }: { locale?: 'en' | 'fr'; fresh?: boolean } = {}
): Promise<void> {
	const stored = join(process.env.E2E_FOLDER!, 'sessions', `${email}.json`);
	const giveBack = await alone(`${stored}.lock`);
	try {
		if (!fresh && isRecent(stored)) {
			const cookies = JSON.parse(readFileSync(stored, 'utf8')) as Cookies;
			return await page.context().addCookies(cookies);
		}
		await enter(page, email, locale);
		if (!fresh) writeFileSync(stored, JSON.stringify(await page.context().cookies()));
	} finally {
		giveBack();
	}
}

async function enter(page: Page, email: string, locale: 'en' | 'fr'): Promise<void> {
	await page.goto(locale === 'fr' ? '/fr/sign-in' : '/sign-in');
	const known = await codesFor(page, email);
	const address = page.locator('main form input[type=email]');
	await address.fill(email);
	await address.press('Enter');
	const code = page.locator('main form input[autocomplete=one-time-code]');
	await code.fill(await newCode(page, email, known));
	await code.press('Enter');
	await expect(code).toHaveCount(0);
}

// Two workers that ask for one address at the same time undo one another's code.
async function alone(lock: string): Promise<() => void> {
	mkdirSync(join(lock, '..'), { recursive: true });
	for (;;) {
		try {
			mkdirSync(lock);
			return () => rmSync(lock, { recursive: true, force: true });
		} catch {
			const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
			if (Date.now() - since > 30_000) rmSync(lock, { recursive: true, force: true });
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

type Cookies = Parameters<BrowserContext['addCookies']>[0];

function isRecent(path: string): boolean {
	const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	return Date.now() - written < sharedFor;
}

async function newCode(page: Page, email: string, known: string[]): Promise<string> {
	let code: string | undefined;
	await expect
		.poll(
			async () => {
				code = (await codesFor(page, email)).find((found) => !known.includes(found));
				return code;
			},
			{ message: `an email with a code for ${email}`, timeout: 15_000 }
		)
		.toBeDefined();
	return code!;
}

/** The codes in the mailbox for an address, newest first. */
async function codesFor(page: Page, email: string): Promise<string[]> {
	const mailbox = await page.context().newPage();
	await mailbox.goto('/mailbox');
	const emails = await mailbox.locator('main section').filter({ hasText: email }).all();
	const texts = await Promise.all(emails.map((one) => one.innerText()));
	await mailbox.close();
	return texts.flatMap((text) => text.match(/\b\d{6,10}\b/g) ?? []);
}
