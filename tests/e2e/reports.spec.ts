import type { Page } from '@playwright/test';
import { expect, look, signIn, test, visit } from './fixtures';

const readers = [
	{ path: '/reports', list: 'Published reports', people: 'over 60', vote: 'Turnout: 31 of 42' },
	{
		path: '/fr/reports',
		list: 'Rapports publiés',
		people: 'plus de 60',
		vote: 'Participation'
	}
];

for (const { path, list, people, vote } of readers) {
	test(
		`a visitor reads what was concluded, from ${path}`,
		{ tag: '@noscript' },
		async ({ page }) => {
			await visit(page, path);
			const titles = page.getByRole('list', { name: list }).getByRole('link');
			await expect(titles.first()).not.toHaveText(/2014/);
			await titles.filter({ hasText: '2016' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('2016');
			await expect(page.getByText(people, { exact: true })).toBeVisible();
			await expect(page.getByRole('img', { name: vote })).toBeVisible();
			await look(page);
			await page.getByRole('link', { name: '2014' }).last().click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('2014');
			await look(page);
		}
	);
}

test('whoever does not organize finds no desk', { tag: '@noscript' }, async ({ page }) => {
	await page.goto('/desk');
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await signIn(page, 'chair.at@example.org');
	await visit(page, '/desk', { status: 404 });
	await visit(page, '/fr/desk/reports/2011', { status: 404 });
	await expect(page.getByText('2011')).toHaveCount(0);
});

test('organizers draft, meet over a text, count, and publish', async ({ page, another }) => {
	const texts = (of: Page) => ({
		english: of.getByLabel('Text in English'),
		french: of.getByLabel('Text in French'),
		save: () => of.getByRole('button', { name: 'Save the draft' }).click(),
		publish: () => of.getByRole('button', { name: 'Save and publish' }).click()
	});
	await signIn(page, 'organizer@example.org');
	await visit(page, '/desk');
	await page.getByRole('link', { name: 'Highlights not started' }).last().click();
	await page.getByRole('button', { name: 'Start the draft' }).click();
	await expect(page.getByRole('status')).toContainText('The draft is here');
	await look(page);
	const mine = texts(page);
	await expect(mine.english).toHaveValue(/## What we heard/);
	await expect(mine.french).toHaveValue(/## Ce que nous avons entendu/);

	const other = await another();
	await signIn(other, 'organizer@example.org');
	await other.goto('/desk/reports/2011');
	const theirs = texts(other);
	await mine.english.fill('## What we heard\n\nHousing comes first.');
	await mine.save();
	await expect(page.getByRole('status')).toContainText('Saved.');

	await theirs.english.fill('## What we heard\n\nWages come first.');
	await theirs.save();
	await expect(other.getByRole('alert')).toContainText('Somebody saved another version');
	await expect(theirs.english).toHaveValue(/Wages come first/);
	await expect(other.getByRole('region', { name: 'What is saved now' })).toContainText(
		'Housing comes first.'
	);
	await look(other);
	await theirs.english.fill('## What we heard\n\nHousing and wages come first.');
	await theirs.save();
	await expect(other.getByRole('status')).toContainText('Saved.');

	await page.reload();
	await expect(mine.english).toHaveValue(/Housing and wages/);
	await mine.french.fill('');
	await page.getByRole('button', { name: 'Preview' }).click();
	await expect(page.getByRole('article').first()).toContainText('Housing and wages come first.');
	await expect(page.getByRole('article').last()).toContainText('Nothing written yet.');
	await look(page);

	await countIfDue(page);
	await mine.french.fill('');
	await mine.publish();
	await expect(page.getByRole('alert')).toContainText('French is missing');
	await expect(page.getByLabel('Publish although one language is missing')).not.toBeChecked();
	await mine.french.fill('## Ce que nous avons entendu\n\nLe logement et les salaires d’abord.');
	await mine.publish();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('The highlights are published');
	await look(page);

	const reader = await another();
	await visit(reader, '/fr/reports/2011');
	await expect(reader.getByText('Le logement et les salaires d’abord.')).toBeVisible();
	await expect(reader.getByRole('heading', { name: 'Le scrutin' })).toBeVisible();
});

/** Counts the vote on the list, unless another test was quicker; comes back to the draft. */
async function countIfDue(page: Page): Promise<void> {
	await page.goto('/desk/reports/2011');
	const count = page.getByRole('link', { name: 'Go to the count' });
	if ((await count.count()) === 0) return;
	await page.getByRole('button', { name: 'Save and publish' }).click();
	await expect(page.getByRole('alert')).toContainText('while a vote on this list is not counted');
	await page.goto((await count.getAttribute('href'))!);
	await page.getByRole('button', { name: /Count/ }).click();
	await page.goto('/desk/reports/2011');
	await expect(count).toHaveCount(0);
}
