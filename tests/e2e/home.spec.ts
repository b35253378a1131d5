import { expect, look, signIn, test, visit } from './fixtures';

test(
	'home tells a visitor what this is and what comes next',
	{ tag: '@noscript' },
	async ({ page }) => {
		await visit(page, '/');
		await expect(page.getByText(/2011, 2014 and 2016, then 2027/)).toHaveCount(1);
		await expect(page.getByRole('link', { name: 'About the forum of 2014' })).toBeVisible();
		await expect(page.getByRole('link', { name: 'Register for the forum' })).toBeVisible();
		await page.getByRole('link', { name: 'Read the highlights of 2016' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('2016');
	}
);

test(
	'a browser in the other language is offered it once',
	{ tag: '@noscript' },
	async ({ page }) => {
		await page.goto('/fr');
		const offer = page.getByRole('link', { name: 'Read this page in English' });
		await expect(offer).toHaveAttribute('hreflang', 'en');
		await page.getByRole('link', { name: 'Rapports' }).first().click();
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(offer).toHaveCount(0);
		await page.goto('/fr/reports');
		await offer.click();
		await expect(page).toHaveURL(/:\d+\/reports$/);
		await expect(page.getByText('Lire cette page en français')).toHaveCount(0);
	}
);

test('home tells a member what needs them', { tag: '@noscript' }, async ({ page }) => {
	await signIn(page, 'member.at@example.org');
	await visit(page, '/fr');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/choses? à faire/);
	await expect(page.getByRole('heading', { name: 'Vos comités' })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Pour l’équipe organisatrice' })).toHaveCount(0);
	await expect(page.locator('main')).not.toContainText('undefined');
});

test(
	'home and “Organize” show an organizer the next step',
	{ tag: '@noscript' },
	async ({ page }) => {
		test.slow();
		await signIn(page, 'organizer@example.org');
		await visit(page, '/');
		await expect(page.getByRole('heading', { name: 'For organizers' })).toBeVisible();
		await page.getByRole('link', { name: 'Go to “Organize”' }).click();
		// What waits first depends on what the other files of the run have counted by then; while one of them has a
		// draft of a forum, that comes first.
		await expect(async () => {
			await page.goto('/organize');
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(
				/^(You can count the ballots of a vote|The highlights report is (a draft|not written yet))$/
			);
		}).toPass();
		await expect(page.getByRole('list', { name: /by province/ }).getByRole('listitem')).toHaveCount(
			13
		);
		await expect(page.locator('[aria-current=step]')).toContainText('Registration');
		await look(page);
	}
);

test('a phone opens the menu at the top of a page', { tag: '@noscript' }, async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto('/nowhere');
	const foot = await page.locator('footer').boundingBox();
	expect(foot!.y + foot!.height).toBeLessThan(1.5 * 740);
	const menu = page.getByRole('navigation', { name: 'Main' });
	await menu.locator('summary').focus();
	await page.keyboard.press('Enter');
	for (const name of ['Forum', 'Committees', 'Priorities', 'Reports', 'Français', 'Sign in']) {
		await expect(menu.getByRole('link', { name, exact: true })).toBeVisible();
	}
	await look(page);
	await menu.getByRole('link', { name: 'Reports' }).click();
	await expect(page).toHaveURL(/\/reports$/);
});

test('from a page with script every menu leads to a whole page', async ({ page }) => {
	await signIn(page, 'participant@example.org');
	for (const name of ['Forum', 'Committees', 'Priorities', 'Reports']) {
		await page.goto('/account');
		await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(page.locator('main')).not.toHaveText('');
	}
});
