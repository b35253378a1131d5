import type { Page } from '@playwright/test';
import { expect, look, signIn, test, visit } from './fixtures';

/** The page of a vote on a forum's list, by a part of its title. */
async function openVote(page: Page, list: string, title: RegExp): Promise<void> {
	await visit(page, list);
	await page.getByRole('link', { name: title }).click();
	await expect(page).toHaveURL(/\/ballots\/[^/]+\/result$/);
}

const picks = (page: Page) => page.locator('main [name=pick]');
const picked = (page: Page) => page.locator('main [name=pick]:checked');

test('a participant votes, changes their mind and takes the ballot back', async ({ page }) => {
	await signIn(page, 'participant@example.org');
	await openVote(page, '/priorities/2016', /which 2016 priorities matter/);
	await expect(page.getByText('people have voted so far')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'The list' })).toHaveCount(0);
	await page.getByRole('link', { name: 'Vote', exact: true }).click();

	await expect(page.getByText('0 of 4 chosen')).toBeVisible();
	const order = await page.locator('main [name=pick]').evaluateAll(values);
	for (const nth of [0, 2, 4, 6, 8]) await picks(page).nth(nth).check();
	await expect(page.getByText('5 chosen, 1 too many')).toBeVisible();
	await page.getByRole('button', { name: 'Cast your ballot' }).click();
	await expect(page.getByRole('alert')).toContainText('You chose 5, and a ballot holds 4');
	await expect(picked(page)).toHaveCount(5);

	await picks(page).nth(8).uncheck();
	await page.locator('main label:has([name=star])').first().click();
	await expect(page.getByText('1 of 3 stars')).toBeVisible();
	await page.getByRole('button', { name: 'Cast your ballot' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'Your ballot is in.' })).toBeVisible();
	await look(page);

	await page.reload();
	expect(await page.locator('main [name=pick]').evaluateAll(values)).toEqual(order);
	await expect(picked(page)).toHaveCount(4);
	await picks(page).nth(0).uncheck();
	await page.getByRole('button', { name: 'Replace your ballot' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'Your ballot is in.' })).toBeVisible();
	await page.reload();
	await expect(picked(page)).toHaveCount(3);

	await page.getByRole('link', { name: 'Take your ballot back' }).click();
	await page.getByRole('button', { name: 'Take it back' }).click();
	await expect(page.getByText('taken back and erased')).toBeVisible();
	await expect(picked(page)).toHaveCount(0);
});

test(
	'un bulletin se dépose, se remplace et se retire sans script',
	{ tag: '@only-noscript' },
	async ({ page }) => {
		await signIn(page, 'member.at@example.org', { locale: 'fr' });
		await openVote(page, '/fr/priorities/2016', /quelles priorités de 2016/);
		await page.getByRole('link', { name: 'Voter', exact: true }).click();
		await look(page);

		for (const nth of [1, 3, 5, 7, 9]) await picks(page).nth(nth).check();
		await page.getByRole('button', { name: 'Déposer le bulletin' }).click();
		await expect(page.getByRole('alert')).toContainText('Vous avez fait 5 choix');
		await expect(picked(page)).toHaveCount(5);

		for (const nth of [1, 3, 5, 7, 9]) await picks(page).nth(nth).uncheck();
		await page.getByRole('checkbox', { name: /Aucune de ces priorités/ }).check();
		await page.getByRole('button', { name: 'Déposer le bulletin' }).click();
		await expect(page.getByText('Votre bulletin est déposé. Vous pouvez')).toBeVisible();
		await expect(page.getByRole('checkbox', { name: /Aucune de ces priorités/ })).toBeChecked();

		await page.getByRole('link', { name: 'Retirer le bulletin' }).click();
		await look(page);
		await page.getByRole('button', { name: 'Le retirer' }).click();
		await expect(page.getByText('retiré et effacé')).toBeVisible();
	}
);

test('whoever is not on the roll is told why', { tag: '@noscript' }, async ({ page }) => {
	await signIn(page, 'government@example.org');
	await openVote(page, '/priorities/2016', /which 2016 priorities matter/);
	await page.getByRole('link', { name: 'Vote', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not on the roll/);
	await expect(picks(page)).toHaveCount(0);
	await look(page);
});

test('an organizer has a vote counted, and everyone reads the result', async ({
	page,
	another
}) => {
	await signIn(page, 'organizer@example.org');
	await openVote(page, '/priorities/2011', /looking back at the 2011 proposals/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/waiting for its count/);
	const result = new URL(page.url()).pathname;
	await visit(page, `/desk/votes/${result.split('/')[2]}`);
	await page.getByRole('button', { name: 'Count the ballots' }).click();
	await expect(page.getByText('The ballots are counted and the result is public.')).toBeVisible();

	const visitor = await another();
	await visit(visitor, `/fr${result}`);
	await expect(visitor.getByRole('heading', { name: 'La liste' })).toBeVisible();
	await expect(visitor.locator('main ol > li')).toHaveCount(10);
	await expect(visitor.getByText('Empreinte (SHA-256)')).toBeVisible();
});

function values(boxes: Element[]): string[] {
	return boxes.map((box) => (box as HTMLInputElement).value);
}
