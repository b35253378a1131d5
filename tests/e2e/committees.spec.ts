import { expect, look, signIn, test } from './fixtures';

test('a chair ends a membership', { tag: '@only-noscript' }, async ({ page, another }) => {
	const member = await another();
	await signIn(member, 'voice2@example.org');
	await member.goto('/committees/anti-trafficking');
	const name = await member.locator('#members li', { hasText: '(you)' }).locator('b').innerText();

	await signIn(page, 'chair.at@example.org');
	await page.goto('/committees/anti-trafficking');
	await expect(page.getByText('You chair this committee.')).toBeVisible();
	await page.getByRole('link', { name: 'Manage members' }).click();
	await page.getByRole('link', { name: `End membership of ${name}` }).click();
	await look(page);
	await page.getByRole('link', { name: 'Keep the membership' }).click();
	await page.getByRole('link', { name: `End membership of ${name}` }).click();
	await page.getByRole('button', { name: 'End the membership' }).click();
	await expect(page.getByRole('status')).toContainText('The membership has ended');
	await expect(page.locator('#members')).not.toContainText(name);

	await member.goto('/committees/anti-trafficking');
	await expect(member.getByRole('heading', { name: /Threads|Members/ })).toHaveCount(0);
});

test('une membre quitte son comité', { tag: '@only-noscript' }, async ({ page }) => {
	await signIn(page, 'voice1@example.org', { locale: 'fr' });
	await page.goto('/fr/committees/migrant-workers');
	await page.getByRole('link', { name: 'Mettre fin à votre adhésion' }).click();
	await look(page);
	await page.getByRole('button', { name: 'Mettre fin à votre adhésion' }).click();
	await expect(page.getByRole('status')).toContainText('Vous n’êtes plus membre');
	await expect(page.getByRole('heading', { name: 'Fils de discussion' })).toHaveCount(0);
});
