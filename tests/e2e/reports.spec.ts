import type { Page } from '@playwright/test';
import { expect, look, signIn, test, visit } from './fixtures';

const readers = [
	{
		path: '/reports',
		list: 'Published reports',
		people: 'over 60',
		undated: 'The date of publication is not on record',
		month: 'Published in January 2015',
		vote: 'The vote',
		turnout: 'Turnout: 27 of 47',
		sample: 'Sample'
	},
	{
		path: '/fr/reports',
		list: 'Rapports publiés',
		people: 'plus de 60',
		undated: 'La date de publication n’est pas connue',
		month: 'Publié en janvier 2015',
		vote: 'Le scrutin',
		turnout: 'Participation',
		sample: 'Exemple'
	}
];

for (const { path, list, people, undated, month, vote, turnout, sample } of readers) {
	test(
		`a visitor reads what was concluded, from ${path}`,
		{ tag: '@noscript' },
		async ({ page }) => {
			await visit(page, path);
			const titles = page.getByRole('list', { name: list }).getByRole('link');
			await expect(titles.first()).toHaveText(/2016/);
			await titles.first().click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('2016');
			// Printed sheets say which report they are of.
			await expect(page.locator('html')).toHaveAttribute('style', /--running: '.*2016.* · .*2016'/);
			await expect(page.getByText(people, { exact: true })).toBeVisible();
			await expect(page.getByText(undated)).toBeVisible();
			await expect(page.getByRole('heading', { name: vote })).toHaveCount(0);
			await look(page);
			await page.getByRole('link', { name: '2014' }).last().click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('2014');
			await expect(page.getByText(month)).toBeVisible();
			await look(page);
			await page.goto(path);
			await titles.filter({ hasText: 'Halifax' }).click();
			await expect(page.getByText(sample, { exact: true })).toBeVisible();
			await expect(page.getByRole('heading', { name: vote })).toBeVisible();
			await expect(page.getByRole('img', { name: turnout })).toBeVisible();
			await look(page);
		}
	);
}

test(
	'somebody who does not organize finds no organizers’ pages',
	{ tag: '@noscript' },
	async ({ page }) => {
		await page.goto('/organize');
		await expect(page).toHaveURL(/\/sign-in\?next=/);
		await signIn(page, 'chair.at@example.org');
		await visit(page, '/organize', { status: 404 });
		await visit(page, '/fr/organize/reports/regina', { status: 404 });
		await expect(page.getByText('Regina')).toHaveCount(0);
	}
);

test('organizers draft, meet over a text, count, and publish', async ({ page, another }) => {
	const texts = (of: Page) => ({
		english: of.getByLabel('Text in English'),
		french: of.getByLabel('Text in French'),
		save: () => of.getByRole('button', { name: 'Save the draft' }).click(),
		review: () => of.getByRole('button', { name: 'Save and continue to publishing' }).click()
	});
	await signIn(page, 'organizer@example.org');
	await visit(page, '/organize');
	const forum = page.getByRole('listitem').filter({ hasText: 'Regional forum, Regina' });
	await forum.getByRole('link', { name: 'Highlights report not started' }).click();
	await page.getByRole('button', { name: 'Start the draft' }).click();
	await expect(page.getByRole('status')).toContainText('The draft is ready');
	await expect(page.getByRole('status')).toBeFocused();
	await look(page);
	const mine = texts(page);
	await expect(mine.english).toHaveValue(/## What was said/);
	await expect(mine.french).toHaveValue(/## Ce qui a été dit/);

	const other = await another();
	await signIn(other, 'organizer@example.org');
	await other.goto('/organize/reports/regina');
	const theirs = texts(other);
	await mine.english.fill('## What was said\n\nHousing comes first.');
	await mine.save();
	await expect(page.getByRole('status')).toContainText('Saved.');
	await expect(page.getByRole('status')).toBeFocused();

	await theirs.english.fill('## What was said\n\nWages come first.');
	await theirs.save();
	await expect(other.getByRole('alert')).toContainText('Someone else saved another version');
	await expect(theirs.english).toHaveValue(/Wages come first/);
	await expect(other.getByRole('region', { name: 'The saved text' })).toContainText(
		'Housing comes first.'
	);
	await look(other);
	await theirs.english.fill('## What was said\n\nHousing and wages come first.');
	await theirs.save();
	await expect(other.getByRole('status')).toContainText('Saved.');

	await page.reload();
	await expect(mine.english).toHaveValue(/Housing and wages/);
	await mine.french.fill('');
	await page.getByRole('button', { name: 'Preview' }).click();
	await expect(page.getByRole('article').first()).toContainText('Housing and wages come first.');
	await expect(page.getByRole('article').last()).toContainText('There is no text yet.');
	await look(page);

	await countIfDue(page);
	await mine.french.fill('## Ce qui a été dit');
	await mine.review();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Publish this highlights report?'
	);
	await expect(page.getByText('French text: there is nothing under “Ce qui a')).toBeVisible();
	await expect(page.getByText('Anyone can read the report')).toBeVisible();
	// The page as readers will see it: its facts, its list and its result.
	for (const name of ['First on the list', 'The list', 'The vote', 'About the forum']) {
		await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
	}
	await look(page);
	await page.getByRole('button', { name: 'Publish the report' }).click();
	await expect(page.getByRole('alert')).toContainText('check this box');
	await page.getByRole('link', { name: 'Back to the text' }).click();

	await expect(mine.english).toHaveValue(/Housing and wages/);
	await mine.french.fill('## Ce qui a été dit\n\nLe logement et les salaires d’abord.');
	await mine.review();
	await expect(page.getByRole('article').last()).toContainText('Le logement et les salaires');
	await expect(page.getByLabel('Yes, publish the report as it is')).toHaveCount(0);
	await page.getByRole('button', { name: 'Publish the report' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'The highlights report is published'
	);
	await expect(page.getByRole('status')).toContainText('The report is published');
	await expect(page).toHaveURL(/\/organize\/reports\/regina$/);
	await look(page);

	const reader = await another();
	await visit(reader, '/fr/reports/regina');
	await expect(reader.getByText('Le logement et les salaires d’abord.')).toBeVisible();
	await expect(reader.getByRole('heading', { name: 'Le scrutin' })).toBeVisible();
});

test('a published report is corrected, then taken down', async ({ page, another }) => {
	await signIn(page, 'organizer@example.org');
	await visit(page, '/organize/reports/regina');
	const reader = await another();
	await visit(reader, '/reports/regina');

	await page.getByRole('link', { name: 'Correct the text' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Correct the highlights report');
	await look(page);
	await page.getByLabel('Text in English').fill('## What was said\n\nHousing comes second.');
	await page.getByLabel('What was corrected, in English').fill('Wages came first.');
	await page.getByRole('button', { name: 'Publish the correction' }).click();
	// The summary leads to the field, which says the same.
	const french = page.getByLabel('What was corrected, in French');
	await page.getByRole('alert').getByRole('link', { name: 'Tell readers in French' }).click();
	await expect(french).toBeFocused();
	await expect(french).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('Text in English')).toHaveValue(/Housing comes second/);
	await french.fill('Les salaires venaient d’abord.');
	await page.getByRole('button', { name: 'Publish the correction' }).click();
	await expect(page.getByRole('status')).toContainText('The correction is public');
	await expect(page.getByRole('status')).toBeFocused();
	await expect(page.getByText('Wages came first.')).toBeVisible();
	await look(page);

	await visit(reader, '/reports/regina');
	await expect(reader.getByText('Housing comes second.')).toBeVisible();
	await reader.getByRole('link', { name: /^Corrected on / }).click();
	await expect(reader.locator('#corrections')).toContainText(
		/Corrected on .*2\d{3}: Wages came first/
	);

	await page.getByRole('link', { name: 'Take the report down' }).click();
	const question = page.getByRole('dialog', { name: 'Take the report down?' });
	await expect(question).toContainText('Its page disappears right away');
	await question.getByRole('link', { name: 'Keep the report published' }).click();
	await expect(question).toBeHidden();
	await page.getByRole('link', { name: 'Take the report down' }).click();
	await question.getByRole('button', { name: 'Take the report down now' }).click();
	await expect(page.getByRole('status')).toContainText('The report is taken down');
	await expect(page.getByRole('status')).toBeFocused();
	await expect(page.getByLabel('Text in English')).toHaveValue(/Housing comes second/);
	await visit(reader, '/reports/regina', { status: 404 });
});

test(
	'un rapport se publie, se corrige et se retire sans script',
	{ tag: '@only-noscript' },
	async ({ page, another }) => {
		await signIn(page, 'organizer@example.org', { locale: 'fr' });
		await page.goto('/fr/organize/reports/winnipeg');
		await page.getByRole('button', { name: 'Commencer l’ébauche' }).click();
		await expect(page.getByRole('status')).toContainText('L’ébauche est prête');
		await page.getByLabel('Texte en français').fill('Nous nous sommes réunis.');
		await page.getByLabel('Texte en anglais').fill('');
		await page.getByRole('button', { name: 'Enregistrer et passer à la publication' }).click();
		await expect(page).toHaveURL(/\?ask=publish$/);
		await expect(page.getByText('Le texte anglais manque.')).toBeVisible();
		await look(page);
		await page.getByRole('button', { name: 'Publier le rapport' }).click();
		await expect(page.getByRole('alert')).toContainText('cochez cette case');
		await page.getByLabel('Oui, publier le rapport tel quel').check();
		await page.getByRole('button', { name: 'Publier le rapport' }).click();
		await expect(page.getByRole('status')).toContainText('Le rapport est publié');
		await expect(page).toHaveURL(/\/fr\/organize\/reports\/winnipeg$/);

		await page.getByRole('link', { name: 'Corriger le texte' }).click();
		await page.getByLabel('Texte en français').fill('Nous nous réunirons.');
		await page.getByRole('button', { name: 'Aperçu' }).click();
		await expect(page.getByRole('article').last()).toContainText('Nous nous réunirons.');
		await page.getByLabel('Ce qui a été corrigé, en français').fill('Le temps du verbe.');
		await page.getByRole('button', { name: 'Publier la correction' }).click();
		await expect(page.getByRole('status')).toContainText('La correction est publique');
		await page.reload();

		const reader = await another();
		await visit(reader, '/reports/winnipeg');
		const french = reader.locator('[lang=fr]');
		await expect(french.filter({ hasText: 'Nous nous réunirons.' })).toBeVisible();
		await expect(french.filter({ hasText: 'Le temps du verbe.' })).toBeVisible();

		await page.getByRole('link', { name: 'Retirer le rapport' }).click();
		await look(page);
		await page.getByRole('button', { name: 'Retirer le rapport maintenant' }).click();
		await expect(page.getByRole('status')).toContainText('Le rapport est retiré');
		await visit(reader, '/reports/winnipeg', { status: 404 });
	}
);

/** Counts the vote on the list, unless another test was quicker; comes back to the draft. */
async function countIfDue(page: Page): Promise<void> {
	await page.goto('/organize/reports/regina');
	const count = page.getByRole('link', { name: 'Go to the count' });
	if ((await count.count()) === 0) return;
	await page.getByRole('button', { name: 'Save and continue to publishing' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/cannot be published yet$/);
	await expect(page.getByRole('button', { name: 'Publish the report' })).toHaveCount(0);
	await page.goto((await count.getAttribute('href'))!);
	await page.getByRole('link', { name: 'Count the ballots' }).click();
	await page.getByRole('button', { name: 'Count and publish the result' }).click();
	await page.goto('/organize/reports/regina');
	await expect(count).toHaveCount(0);
}
