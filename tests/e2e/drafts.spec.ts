import type { Page } from '@playwright/test';
import { expect, freshPerson, signIn, test } from './fixtures';

// What is typed is still there in the other language and after a reload, on each page with a form.

const member = 'member.at@example.org';
const organizer = 'organizer@example.org';

/** Where somebody writes, and who. */
const places: [string, string, (page: Page) => Promise<unknown>][] = [
	['/account', member, (page) => page.goto('/account')],
	['/committees/[slug]/new', member, (page) => page.goto('/committees/anti-trafficking/new')],
	[
		'/forums/[slug]/register',
		'police@example.org',
		(page) => page.goto('/forums/winnipeg/register')
	],
	['/organize/priorities/[slug]', organizer, (page) => page.goto('/organize/priorities/2014?area')],
	[
		'/organize/reports/[slug]',
		organizer,
		(page) => page.goto('/organize/reports/2014?ask=correct')
	],
	[
		'/threads/[thread]',
		member,
		async (page) => {
			await page.goto('/committees/anti-trafficking');
			await page.locator('main a[href*="/threads/"]').first().click();
		}
	]
];

/** Fills every field, ticks every other box, and gives what the page then holds, in order. */
async function fill(page: Page): Promise<string[]> {
	await page.evaluate(() => {
		const typed = ['text', 'textarea', 'number', 'datetime-local'];
		const controls = [
			...document.querySelectorAll<HTMLInputElement>(
				'main form[method=POST i] :is(input:not([type=hidden]), textarea, select)'
			)
		];
		controls.forEach((control, nth) => {
			if (control.readOnly) return;
			if (control.type === 'number') control.value = '7';
			else if (control.type === 'datetime-local') control.value = '2031-05-06T17:30';
			else if (typed.includes(control.type)) control.value = `Écrit « ${nth} » 🌊\n  (à garder)`;
			else if (control instanceof HTMLSelectElement) control.selectedIndex = 2;
			else control.checked = control.type === 'radio' || nth % 2 === 0;
			for (const type of ['input', 'change']) {
				control.dispatchEvent(new Event(type, { bubbles: true }));
			}
		});
	});
	return valuesOf(page);
}

function valuesOf(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		[
			...document.querySelectorAll<HTMLInputElement>(
				'main form[method=POST i] :is(input:not([type=hidden]), textarea, select)'
			)
		].map(({ type, name, value, checked }) =>
			/^(radio|checkbox)$/.test(type) ? `${name}: ${value} ${checked}` : `${name}: ${value}`
		)
	);
}

/** The addresses of the pages with drafts; Kit stores things of its own beside them. */
function drafts(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		Object.keys(sessionStorage).filter((name) => name.startsWith('draft '))
	);
}

for (const [name, who, open] of places) {
	test(`${name}: what is typed is there in the other language and after a reload`, async ({
		page
	}) => {
		await signIn(page, who);
		await open(page);
		const typed = await fill(page);
		expect(typed.length).toBeGreaterThan(0);
		await page.getByRole('link', { name: 'Français' }).first().click();
		await expect(page).toHaveURL(/\/fr\//);
		await expect(page.getByText('est de retour')).toBeVisible();
		await expect.poll(() => valuesOf(page)).toEqual(typed);
		await page.reload();
		await expect.poll(() => valuesOf(page)).toEqual(typed);

		await page.getByRole('button', { name: 'Supprimer ce texte' }).click();
		const cleared = await valuesOf(page);
		expect(cleared).not.toEqual(typed);
		await page.reload();
		await expect(page.getByText('est de retour')).toHaveCount(0);
		await expect.poll(() => valuesOf(page)).toEqual(cleared);
	});
}

test('a draft goes when it is sent, and stays when the site says no', async ({ page }) => {
	await signIn(page, freshPerson(), { fresh: true });
	await page.goto('/account');
	await page.getByLabel('Name', { exact: true }).fill('Sample newcomer, Regina');
	await page.getByRole('button', { name: 'Save your profile' }).click();
	await expect(page.getByText('Choose your sector').first()).toBeVisible();
	await page.goto('/fr/account');
	await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Sample newcomer, Regina');

	await page.goto('/account');
	await page.getByLabel('Province or territory').selectOption('SK');
	await page.getByLabel('Sector').selectOption('ngo');
	await page.getByLabel('English').check();
	await page.getByRole('button', { name: 'Save your profile' }).click();
	await expect(page).toHaveURL((url) => url.pathname === '/');
	await page.goto('/account');
	await expect(page.getByText('is back')).toHaveCount(0);
	expect(await drafts(page)).toEqual([]);
});

test('signing out deletes the drafts', async ({ page }) => {
	await signIn(page, freshPerson(), { fresh: true });
	await page.goto('/account');
	await page.getByLabel('Organization').fill('Le Phare');
	expect(await drafts(page)).toEqual(['draft /account?']);
	await page.getByRole('button', { name: 'Sign out on this device' }).click();
	await expect(page.getByText('You are signed out.')).toBeVisible();
	expect(await drafts(page)).toEqual([]);
});

test('leaving the site deletes the drafts', async ({ browser }) => {
	// Not watched: this page asks another site, which is not reached from here, so that its storage stays.
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.route(/gc\.ca/, (route) => route.fulfill({ status: 204 }));
	await page.goto('/');
	await page.evaluate(() => sessionStorage.setItem('draft /x?', '{}'));
	for (let press = 0; press < 3; press++) await page.keyboard.press('Shift');
	await expect.poll(() => drafts(page)).toEqual([]);
	await context.close();
});
