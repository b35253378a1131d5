import type { Page } from '@playwright/test';
import { expect, look, signIn, test, visit } from './fixtures';

const chair = 'chair.at@example.org';
const colleague = 'member.at@example.org';
const other = 'member.mw@example.org';

/** Opens a thread from the Anti-Trafficking Committee. @returns its path */
async function start(page: Page, title: string, shared = false): Promise<string> {
	await page.goto('/committees/anti-trafficking/new');
	await page.getByLabel('Title', { exact: true }).fill(title);
	await page.getByLabel('Your first post').fill('What do you see where you are?');
	if (shared) await page.getByLabel('Migrant Workers Committee').check();
	await page.getByRole('button', { name: 'Open the thread' }).click();
	await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
	return new URL(page.url()).pathname;
}

test('two committees talk in one thread', async ({ page, another }) => {
	await signIn(page, chair);
	const path = await start(page, 'Fees, seen from both sides', true);
	await look(page);

	const member = await another();
	await signIn(member, other);
	await visit(member, '/committees/migrant-workers');
	const row = member.getByRole('listitem').filter({ hasText: 'Fees, seen from both sides' });
	await expect(row.getByText('1 new post')).toBeVisible();
	await expect(row.getByText('Shared by')).toContainText('Anti-Trafficking Committee');
	await row.getByRole('link').click();
	await member.getByLabel('Your reply').fill('Deductions **from pay**, mostly.');
	await member.getByRole('button', { name: 'Preview' }).click();
	await expect(member.getByText('It is not posted yet')).toBeVisible();
	await member.getByRole('button', { name: 'Post your reply' }).click();
	const post = member.locator('#post-2');
	await expect(post.locator('strong')).toHaveText('from pay');
	await expect(member.getByLabel('Your reply')).toHaveValue('');

	await page.goto(path);
	await expect(page.getByText('1 new post since you were here')).toBeVisible();

	await member.getByLabel('Your reply').fill('Half a thought');
	await post.getByRole('link', { name: 'Edit post 2' }).click();
	await post.getByLabel('Your post').fill('Deductions, and rent.');
	await post.getByRole('button', { name: 'Save the change' }).click();
	await expect(post.getByText('Deductions, and rent.')).toBeVisible();
	await expect(member.getByLabel('Your reply')).toHaveValue('Half a thought');
	await post.getByRole('link', { name: 'Delete post 2' }).click();
	await look(member);
	await post.getByRole('button', { name: 'Delete the post' }).click();
	await expect(post).toContainText('It was deleted.');

	await page.getByRole('button', { name: 'Close the thread' }).click();
	await expect(page.getByText('The thread is closed.')).toBeVisible();
	await member.getByRole('button', { name: 'Post your reply' }).click();
	await expect(member.getByRole('alert')).toContainText('while you were writing');
	await expect(member.getByLabel('Your reply')).toHaveValue('Half a thought');
});

test('for others a thread is not there', { tag: '@noscript' }, async ({ page, another }) => {
	await signIn(page, chair);
	const title = `For one committee, ${test.info().project.name}`;
	const path = await start(page, title);
	await expect(page.getByText('Not public.')).toBeVisible();

	for (const email of [other, 'government@example.org']) {
		const outsider = await another();
		await signIn(outsider, email);
		expect((await outsider.goto(path))?.status()).toBe(404);
		await expect(outsider.getByText(title)).toHaveCount(0);
		await outsider.goto('/committees/anti-trafficking');
		await expect(outsider.getByRole('heading', { name: 'How to join' })).toBeVisible();
		await expect(outsider.getByRole('heading', { name: /Threads|Members/ })).toHaveCount(0);
		expect((await outsider.goto('/committees/anti-trafficking/new'))?.status()).toBe(404);
	}
	const stranger = await another();
	await stranger.goto(path);
	expect(new URL(stranger.url()).pathname).toBe('/sign-in');
});

test('un fil en français, sans script', { tag: '@only-noscript' }, async ({ page }) => {
	await signIn(page, colleague, { locale: 'fr' });
	await visit(page, '/fr/committees/anti-trafficking/new');
	await page.getByRole('button', { name: 'Ouvrir le fil' }).click();
	await expect(page.getByText('Donnez au fil un titre d’au moins 3 caractères.')).toHaveCount(2);
	await page.getByLabel('Titre', { exact: true }).fill('Les logements fournis');
	await page.getByLabel('Votre premier message').fill('Que voyez-vous chez vous?');
	await page.getByRole('button', { name: 'Aperçu' }).click();
	await expect(page.getByText('Il n’est pas encore publié.')).toBeVisible();
	await expect(page.getByLabel('Titre', { exact: true })).toHaveValue('Les logements fournis');
	await page.getByRole('button', { name: 'Ouvrir le fil' }).click();
	await page.getByLabel('Votre réponse').fill('Je commence.');
	await page.getByRole('button', { name: 'Publier votre réponse' }).click();
	const post = page.locator('#post-2');
	await post.getByRole('link', { name: 'Modifier le message 2' }).click();
	await post.getByLabel('Votre message').fill('Je commence par Gatineau.');
	await post.getByRole('button', { name: 'Enregistrer la modification' }).click();
	await expect(post.getByText('Je commence par Gatineau.')).toBeVisible();
	await post.getByRole('link', { name: 'Supprimer le message 2' }).click();
	await look(page);
	await post.getByRole('button', { name: 'Supprimer le message' }).click();
	await expect(post).toContainText('Il a été supprimé.');
	await expect(page.locator('#post-1')).toContainText('Que voyez-vous chez vous?');
});
